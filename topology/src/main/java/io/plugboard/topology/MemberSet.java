package io.plugboard.topology;

import io.plugboard.topology.model.UplinkPin;
import java.util.Comparator;

/**
 * The vNICs of a scope that are of one kind and pinned to one uplink: what a copy of a frame is sent to as a whole. No vNIC
 * is in two sets that one frame is sent to.
 */
public record MemberSet(Scope scope, Kind kind, UplinkPin pin) implements Comparable<MemberSet> {
    private static final Comparator<MemberSet> ORDER = Comparator.comparing(MemberSet::scope)
            .thenComparing(MemberSet::kind)
            .thenComparing(MemberSet::pin);

    /** What makes a vNIC one of the set; a mirroring one is in no other than the last two. */
    public enum Kind {
        /** Gets every multicast: its receive filter says so, or nobody knows it. */
        ALL_MULTICAST,
        /** Gets the multicast that its receive filter names. */
        FILTERED,
        /** Gets its neighbours' IGMP and MLD. */
        MULTICAST_ROUTER,
        /** Gets every multicast, link-local control frames among it. */
        CONTROL,
        /** Holds or listens to the address that is the scope. */
        HOLDER,
        /** Gets a copy of everything. */
        MIRRORING,
        /** Gets a copy of everything, link-local control frames among it. */
        CONTROL_MIRRORING
    }

    @Override
    public int compareTo(MemberSet other) {
        return ORDER.compare(this, other);
    }
}

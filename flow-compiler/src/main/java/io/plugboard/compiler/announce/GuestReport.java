package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** A frame that a guest sent, read as a report of its memberships. The guest wrote it: it may be anything. */
public sealed interface GuestReport {
    /**
     * What it says.
     *
     * @param vlan of its tag; {@link VlanId#UNTAGGED} without one
     * @param source the IP address that it was sent from, unspecified where the guest had none
     * @param joined the groups that the guest listens to
     * @param sourceSpecific those among them of which it names the sources that it wants. Another report may still say
     *     that it wants every source, and nothing says that it wants none of them any more
     * @param left the groups that it no longer listens to
     */
    record Report(
            MembershipVersion version,
            VlanId vlan,
            IpAddress source,
            SortedSet<IpAddress> joined,
            SortedSet<IpAddress> sourceSpecific,
            SortedSet<IpAddress> left)
            implements GuestReport {
        public Report {
            Objects.requireNonNull(version);
            Objects.requireNonNull(vlan);
            Objects.requireNonNull(source);
            joined = Collections.unmodifiableSortedSet(new TreeSet<>(joined));
            sourceSpecific = Collections.unmodifiableSortedSet(new TreeSet<>(sourceSpecific));
            left = Collections.unmodifiableSortedSet(new TreeSet<>(left));
        }
    }

    /** @param reason why it says nothing, a sentence */
    record Unusable(String reason) implements GuestReport {
        public Unusable {
            Objects.requireNonNull(reason);
        }
    }

    /**
     * Reads a frame, with or without a VLAN tag, in a time that is linear in its length. Groups of which nobody is asked,
     * and records of unknown types, are left out.
     *
     * @param frame without its check sequence, of any length
     */
    static GuestReport read(byte[] frame) {
        try {
            EthernetFrame ethernet = EthernetFrame.read(Octets.of(frame));
            return switch (ethernet.etherType()) {
                case EtherType.IPV4 -> IgmpReader.read(ethernet);
                case EtherType.IPV6 -> MldReader.read(ethernet);
                default ->
                    throw new MalformedFrame("it is neither IPv4 nor IPv6, but of EtherType 0x"
                            + Integer.toHexString(ethernet.etherType()));
            };
        } catch (MalformedFrame malformed) {
            return new Unusable("The frame is no membership report: " + malformed.getMessage() + ".");
        }
    }
}

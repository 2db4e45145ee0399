package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicAddress;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The vNIC that is announced, as far as that matters.
 *
 * @param mac the effective MAC
 * @param addresses of its guest, as far as anybody has told
 * @param filterVlans what its receive filter lets through, where it has a VLAN filter
 * @param allMulticast whether its receive filter is not known, or lets every multicast through
 * @param multicast the group addresses of its receive filter, where that is exact
 * @param knownGroups what its guest has said to listen to, whatever the source, and is still in its receive filter
 * @param notifySwitches whether anything is announced at all
 */
public record AnnouncementSubject(
        MacAddress mac,
        VlanMode vlan,
        SortedSet<VnicAddress> addresses,
        Optional<VlanSet> filterVlans,
        boolean allMulticast,
        Set<MacAddress> multicast,
        SortedSet<KnownGroup> knownGroups,
        boolean notifySwitches) {
    public AnnouncementSubject {
        Objects.requireNonNull(mac);
        Objects.requireNonNull(vlan);
        addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
        Objects.requireNonNull(filterVlans);
        multicast = Set.copyOf(multicast);
        knownGroups = Collections.unmodifiableSortedSet(new TreeSet<>(knownGroups));
    }

    /** Whether it may listen to IPv4 groups: its network card lets their addresses through. */
    boolean mayHaveIgmpMemberships() {
        return listensTo(GroupMac::isOfIpv4);
    }

    boolean mayHaveMldMemberships() {
        return listensTo(GroupMac::isOfIpv6);
    }

    private boolean listensTo(Predicate<MacAddress> kind) {
        return allMulticast || multicast.stream().anyMatch(kind);
    }
}

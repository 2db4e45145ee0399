package io.plugboard.topology.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The receive filter that a guest's driver has programmed into its network card, as the hypervisor reports it (QEMU's
 * {@code query-rx-filter}).
 *
 * @param mac the effective MAC
 * @param allMulticast set also when the card's table of multicast addresses has overflowed
 * @param multicast the group addresses it listens to; more than {@value #MAX_MULTICAST} count as an overflow
 * @param unicast further addresses it wants to receive
 * @param vlans what its VLAN filter lets through, where it has one
 */
public record RxFilter(
        MacAddress mac,
        boolean promiscuous,
        boolean allMulticast,
        SortedSet<MacAddress> multicast,
        SortedSet<MacAddress> unicast,
        Optional<VlanSet> vlans) {
    /** Far above what any card has room for: QEMU's have 64. */
    public static final int MAX_MULTICAST = 1024;

    public RxFilter {
        Vnic.requireOwnable(mac);
        for (MacAddress group : multicast) {
            if (!group.isGroup()) {
                throw new IllegalArgumentException(group + " is not a multicast address");
            }
        }
        unicast.forEach(Vnic::requireOwnable);
        multicast = Collections.unmodifiableSortedSet(new TreeSet<>(multicast));
        unicast = Collections.unmodifiableSortedSet(new TreeSet<>(unicast));
        Objects.requireNonNull(vlans);
    }

    /** An exact filter: neither flag is set, and no VLAN filter is known. */
    public static RxFilter exact(MacAddress mac, Collection<MacAddress> multicast) {
        return new RxFilter(mac, false, false, new TreeSet<>(multicast), new TreeSet<>(), Optional.empty());
    }

    /** Whether it lets every multicast through. */
    public boolean overflows() {
        return allMulticast || multicast.size() > MAX_MULTICAST;
    }
}

package io.plugboard.topology.model;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A guest's network card and where it is plugged in.
 *
 * @param mac the initial MAC, the address in the hypervisor's configuration: unicast, unique in the segment
 * @param source who told us of it, and so who may take it away
 * @param security goes over its port group's
 * @param allowedMacs further addresses that it may send from and that are delivered to it, at most {@value #MAX_ALLOWED};
 *     several vNICs may have the same one
 * @param addresses the IP addresses that its guest uses, to be announced with it; at most {@value #MAX_ADDRESSES}
 * @param multicastRouter whether its IGMP and MLD is for its neighbours too, and theirs for it
 */
public record Vnic(
        VnicId id,
        Place place,
        MacAddress mac,
        PortGroupName portGroup,
        Source source,
        SecurityPolicy security,
        SortedSet<MacAddress> allowedMacs,
        SortedSet<VnicAddress> addresses,
        boolean multicastRouter) {
    public static final int MAX_ALLOWED = 16;
    public static final int MAX_ADDRESSES = 64;

    private static final MacAddress ZERO = new MacAddress(0);

    public Vnic {
        Objects.requireNonNull(id);
        Objects.requireNonNull(place);
        Objects.requireNonNull(portGroup);
        Objects.requireNonNull(source);
        Objects.requireNonNull(security);
        requireOwnable(mac);
        allowedMacs.forEach(Vnic::requireOwnable);
        if (allowedMacs.size() > MAX_ALLOWED) {
            throw new IllegalArgumentException(
                    "a vNIC has at most " + MAX_ALLOWED + " allowed MACs, not " + allowedMacs.size());
        }
        allowedMacs = Collections.unmodifiableSortedSet(new TreeSet<>(allowedMacs));
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "a vNIC has at most " + MAX_ADDRESSES + " addresses, not " + addresses.size());
        }
        addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }

    /** With no policy of its own. */
    public Vnic(VnicId id, Place place, MacAddress mac, PortGroupName portGroup, Source source) {
        this(
                id,
                place,
                mac,
                portGroup,
                source,
                SecurityPolicy.INHERITED,
                Collections.emptySortedSet(),
                Collections.emptySortedSet(),
                false);
    }

    /** The same one, plugged in elsewhere. */
    public Vnic at(Place other) {
        return new Vnic(id, other, mac, portGroup, source, security, allowedMacs, addresses, multicastRouter);
    }

    public Vnic withSecurity(SecurityPolicy other) {
        return new Vnic(id, place, mac, portGroup, source, other, allowedMacs, addresses, multicastRouter);
    }

    public Vnic withAllowedMacs(Set<MacAddress> others) {
        return new Vnic(id, place, mac, portGroup, source, security, new TreeSet<>(others), addresses, multicastRouter);
    }

    public Vnic withAddresses(Set<VnicAddress> others) {
        return new Vnic(
                id, place, mac, portGroup, source, security, allowedMacs, new TreeSet<>(others), multicastRouter);
    }

    public Vnic asMulticastRouter() {
        return new Vnic(id, place, mac, portGroup, source, security, allowedMacs, addresses, true);
    }

    /**
     * Returns this address if a network card can have it as its own.
     *
     * @throws IllegalArgumentException when none can; the message says why
     */
    public static MacAddress requireOwnable(MacAddress mac) {
        if (mac.isGroup()) {
            throw new IllegalArgumentException(
                    mac + " is a group address (its multicast bit is set): no network card can own it");
        }
        if (mac.equals(ZERO)) {
            throw new IllegalArgumentException(mac + " is no address of a network card");
        }
        return mac;
    }

    public enum Source {
        REST,
        OVSDB,
        FILE
    }
}

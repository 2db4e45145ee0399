package io.plugboard.topology.model;

import java.util.Objects;

/**
 * A guest's network card and where it is plugged in.
 *
 * @param mac the initial MAC, the address in the hypervisor's configuration: unicast, unique in the segment
 * @param source who told us of it, and so who may take it away
 */
public record Vnic(VnicId id, Place place, MacAddress mac, PortGroupName portGroup, Source source) {
    private static final MacAddress ZERO = new MacAddress(0);

    public Vnic {
        Objects.requireNonNull(id);
        Objects.requireNonNull(place);
        Objects.requireNonNull(portGroup);
        Objects.requireNonNull(source);
        requireOwnable(mac);
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

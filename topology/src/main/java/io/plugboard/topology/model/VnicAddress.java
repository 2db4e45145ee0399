package io.plugboard.topology.model;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * An IP address that a vNIC's guest uses, and so is announced with the vNIC.
 *
 * @param vlan where the guest uses it, for one that has several VLANs; not given, it is the vNIC's one VLAN, or the
 *     untagged segment of a trunk
 */
public record VnicAddress(IpAddress ip, Optional<VlanId> vlan) implements Comparable<VnicAddress> {
    private static final Comparator<VnicAddress> ORDER = Comparator.comparing(VnicAddress::ip)
            .thenComparing(address -> address.vlan.map(VlanId::value).orElse(-1));

    public VnicAddress {
        Objects.requireNonNull(vlan);
        if (!ip.isAssignable()) {
            throw new IllegalArgumentException(
                    ip + " is no address of a network card: it is unspecified, loopback, broadcast or multicast,"
                            + " or never on the wire");
        }
    }

    /** In the vNIC's one VLAN, or untagged. */
    public VnicAddress(IpAddress ip) {
        this(ip, Optional.empty());
    }

    @Override
    public int compareTo(VnicAddress other) {
        return ORDER.compare(this, other);
    }

    /** {@code 192.0.2.1}, or {@code 192.0.2.1 in VLAN 100}. */
    @Override
    public String toString() {
        return ip + vlan.map(id -> " in VLAN " + id).orElse("");
    }
}

package io.plugboard.topology.model;

/** An IPv4 or IPv6 address. All IPv4 addresses sort before all IPv6 ones, and each kind by its bits. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {
    /**
     * Reads an IPv4 address in dotted decimal or an IPv6 address in any form of RFC 4291, section 2.2. Nothing is
     * looked up, and no prefix length or zone is taken.
     *
     * @throws IllegalArgumentException when the text is neither; the message names the text
     */
    static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? Ipv4Address.parse(text) : Ipv6Address.parse(text);
    }

    /** 4 or 16 octets, as on the wire. */
    byte[] octets();

    boolean isMulticast();

    /** Whether it stands for no address at all: 0.0.0.0 or ::. */
    boolean isUnspecified();

    /** Whether a network card can have it as its own, seen by its neighbours: no group, no loopback, not unspecified. */
    boolean isAssignable();
}

package io.plugboard.compiler.frame;

import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;

/** The Ethernet address of a multicast group. */
public final class GroupMac {
    private static final long IPV4 = 0x0100_5e00_0000L;
    private static final long IPV4_GROUP = 0x7f_ffffL;
    private static final long IPV6 = 0x3333_0000_0000L;
    private static final long IPV6_GROUP = 0xffff_ffffL;

    private GroupMac() {}

    /** The low 23 bits behind 01:00:5e (RFC 1112, section 6.4), or the low 32 behind 33:33 (RFC 2464, section 7). */
    public static MacAddress of(IpAddress group) {
        if (group instanceof Ipv4Address ipv4) {
            return new MacAddress(IPV4 | ipv4.bits() & IPV4_GROUP);
        }
        return new MacAddress(IPV6 | ((Ipv6Address) group).low() & IPV6_GROUP);
    }

    /** Whether it is the address of IPv4 groups: of 32 each. */
    public static boolean isOfIpv4(MacAddress mac) {
        return (mac.bits() & ~IPV4_GROUP) == IPV4;
    }

    public static boolean isOfIpv6(MacAddress mac) {
        return (mac.bits() & ~IPV6_GROUP) == IPV6;
    }
}

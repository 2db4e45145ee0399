package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.compiler.frame.Ipv6Packet;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.frame.RouterAlert;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;

/** The ICMPv6 types of MLD's messages, and what carries them. */
final class Mld {
    static final int QUERY = 130;
    static final int V1_REPORT = 131;
    static final int DONE = 132;
    static final int V2_REPORT = 143;

    /** Receivers drop what says another hop limit (RFC 3810, section 7.4). */
    static final int HOP_LIMIT = 1;

    static final Ipv6Address ALL_V2_ROUTERS = Ipv6Address.parse("ff02::16");

    private Mld() {}

    /**
     * A message in its packet and frame, behind a router alert option (RFC 3810, section 5).
     *
     * @param message with its checksum's place
     */
    static Octets frame(MacAddress mac, Ipv6Address source, Ipv6Address destination, VlanId tag, Octets message) {
        Ipv6Packet packet = Ipv6Packet.icmpv6(HOP_LIMIT, source, destination, RouterAlert.IPV6, message);
        return new EthernetFrame(GroupMac.of(destination), mac, tag, EtherType.IPV6, packet.toOctets()).toOctets();
    }
}

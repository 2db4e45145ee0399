package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.compiler.frame.Ipv6Packet;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;

/**
 * An unsolicited neighbour advertisement (RFC 4861, sections 4.4 and 7.2.6) to all nodes, which overrides what they
 * remember. Its router flag is clear: of a guest that is an IPv6 router, the address it advertises itself by must not be
 * announced, for its neighbours would take it for a router no more (section 7.2.5).
 */
final class NeighbourAdvertisement {
    static final Ipv6Address ALL_NODES = Ipv6Address.parse("ff02::1");

    private static final int TYPE = 136;
    private static final int OVERRIDE = 1 << 29;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;

    /** Receivers drop what a router has passed on (RFC 4861, section 7.1.2). */
    private static final int HOP_LIMIT = 255;

    private NeighbourAdvertisement() {}

    /** @param tag {@link VlanId#UNTAGGED} for none */
    static Octets frame(MacAddress mac, Ipv6Address address, VlanId tag) {
        Octets message = new OctetWriter()
                .u8(TYPE)
                .u8(0)
                .u16(0)
                .u32(OVERRIDE)
                .ip(address)
                .u8(TARGET_LINK_LAYER_ADDRESS)
                .u8(1)
                .mac(mac)
                .toOctets();
        Ipv6Packet packet = Ipv6Packet.icmpv6(HOP_LIMIT, address, ALL_NODES, Octets.NONE, message);
        return new EthernetFrame(GroupMac.of(ALL_NODES), mac, tag, EtherType.IPV6, packet.toOctets()).toOctets();
    }
}

package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;

/**
 * The frame by which hypervisors notify switches: a reverse ARP request (RFC 903) that nobody answers, broadcast, so that
 * every switch on its way learns the source.
 */
final class Rarp {
    private static final int REQUEST = 3;

    private Rarp() {}

    /** @param tag {@link VlanId#UNTAGGED} for none */
    static Octets frame(MacAddress mac, VlanId tag) {
        OctetWriter request = new OctetWriter()
                .u16(GratuitousArp.ETHERNET)
                .u16(EtherType.IPV4)
                .u8(GratuitousArp.MAC_LENGTH)
                .u8(GratuitousArp.IPV4_LENGTH)
                .u16(REQUEST)
                .mac(mac)
                .ip(Ipv4Address.UNSPECIFIED)
                .mac(mac)
                .ip(Ipv4Address.UNSPECIFIED);
        return new EthernetFrame(MacAddress.BROADCAST, mac, tag, EtherType.RARP, request.toOctets()).toOctets();
    }
}

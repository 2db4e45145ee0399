package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;

/** An ARP announcement (RFC 5227, section 2.3): a request (RFC 826) for the sender's own address. */
final class GratuitousArp {
    static final int ETHERNET = 1;
    static final int MAC_LENGTH = 6;
    static final int IPV4_LENGTH = 4;

    private static final int REQUEST = 1;
    private static final MacAddress NOT_SAID = new MacAddress(0);

    private GratuitousArp() {}

    /** @param tag {@link VlanId#UNTAGGED} for none */
    static Octets frame(MacAddress mac, Ipv4Address address, VlanId tag) {
        OctetWriter request = new OctetWriter()
                .u16(ETHERNET)
                .u16(EtherType.IPV4)
                .u8(MAC_LENGTH)
                .u8(IPV4_LENGTH)
                .u16(REQUEST)
                .mac(mac)
                .ip(address)
                .mac(NOT_SAID)
                .ip(address);
        return new EthernetFrame(MacAddress.BROADCAST, mac, tag, EtherType.ARP, request.toOctets()).toOctets();
    }
}

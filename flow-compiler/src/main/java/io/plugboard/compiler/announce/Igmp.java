package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.Checksum;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.frame.RouterAlert;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;

/** The types of IGMP's messages, and what carries them. */
final class Igmp {
    static final int QUERY = 0x11;
    static final int V1_REPORT = 0x12;
    static final int V2_REPORT = 0x16;
    static final int LEAVE = 0x17;
    static final int V3_REPORT = 0x22;

    static final Ipv4Address ALL_HOSTS = Ipv4Address.parse("224.0.0.1");
    static final Ipv4Address ALL_V3_ROUTERS = Ipv4Address.parse("224.0.0.22");

    /** Internetwork control, which RFC 3376, section 4, asks of version 3 alone; Linux gives it to all of them. */
    private static final int TYPE_OF_SERVICE = 0xc0;

    private Igmp() {}

    /**
     * A message in its packet and frame: time to live 1, and the router alert option (RFC 2236, section 2; RFC 3376,
     * section 4).
     *
     * @param type the first octet, the message's type
     * @param code the second octet
     * @param behindChecksum what follows the checksum
     */
    static Octets frame(
            MacAddress mac,
            Ipv4Address source,
            Ipv4Address destination,
            VlanId tag,
            int type,
            int code,
            Octets behindChecksum) {
        Octets head = new OctetWriter().u8(type).u8(code).toOctets();
        Octets message = new OctetWriter()
                .octets(head)
                .u16(Checksum.of(head, behindChecksum))
                .octets(behindChecksum)
                .toOctets();
        Ipv4Packet packet =
                new Ipv4Packet(TYPE_OF_SERVICE, 1, IpProtocol.IGMP, source, destination, RouterAlert.IPV4, message);
        return new EthernetFrame(GroupMac.of(destination), mac, tag, EtherType.IPV4, packet.toOctets()).toOctets();
    }
}

package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.Checksum;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.compiler.frame.OctetReader;

/** Reads IGMP's reports of versions 1, 2 and 3, and version 2's leave. */
final class IgmpReader {
    private IgmpReader() {}

    static GuestReport read(EthernetFrame ethernet) throws MalformedFrame {
        Ipv4Packet packet = Ipv4Packet.read(ethernet.payload());
        if (packet.protocol() != IpProtocol.IGMP) {
            throw new MalformedFrame("it is of IP protocol " + packet.protocol() + " and not IGMP");
        } else if (Checksum.of(packet.payload()) != 0) {
            throw new MalformedFrame("its IGMP checksum is wrong");
        }
        OctetReader message = new OctetReader(packet.payload(), "the IGMP message");
        int type = message.u8();
        message.skip(3);
        return switch (type) {
            case Igmp.V1_REPORT ->
                new Findings().join(message.ipv4()).report(MembershipVersion.IGMP_V1, ethernet, packet.source());
            case Igmp.V2_REPORT ->
                new Findings().join(message.ipv4()).report(MembershipVersion.IGMP_V2, ethernet, packet.source());
            case Igmp.LEAVE ->
                new Findings().leave(message.ipv4()).report(MembershipVersion.IGMP_V2, ethernet, packet.source());
            case Igmp.V3_REPORT -> {
                Findings findings = new Findings();
                GroupRecord.readAll(message, OctetReader::ipv4).forEach(findings::add);
                yield findings.report(MembershipVersion.IGMP_V3, ethernet, packet.source());
            }
            case Igmp.QUERY -> throw new MalformedFrame("it is an IGMP query");
            default -> throw new MalformedFrame("its IGMP type is 0x" + Integer.toHexString(type));
        };
    }
}

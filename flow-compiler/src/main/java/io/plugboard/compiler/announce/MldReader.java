package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv6Packet;
import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.compiler.frame.OctetReader;
import io.plugboard.compiler.frame.RouterAlert;

/** Reads MLD's reports of versions 1 and 2, and version 1's done. */
final class MldReader {
    private static final int RESERVED = 4;

    private MldReader() {}

    static GuestReport read(EthernetFrame ethernet) throws MalformedFrame {
        Ipv6Packet packet = Ipv6Packet.read(ethernet.payload());
        requireWhatRoutersDo(packet);
        OctetReader message = new OctetReader(packet.payload(), "the MLD message");
        int type = message.u8();
        message.skip(3);
        return switch (type) {
            case Mld.V1_REPORT ->
                new Findings()
                        .join(message.skip(RESERVED).ipv6())
                        .report(MembershipVersion.MLD_V1, ethernet, packet.source());
            case Mld.DONE ->
                new Findings()
                        .leave(message.skip(RESERVED).ipv6())
                        .report(MembershipVersion.MLD_V1, ethernet, packet.source());
            case Mld.V2_REPORT -> {
                Findings findings = new Findings();
                GroupRecord.readAll(message, OctetReader::ipv6).forEach(findings::add);
                yield findings.report(MembershipVersion.MLD_V2, ethernet, packet.source());
            }
            case Mld.QUERY -> throw new MalformedFrame("it is an MLD query");
            default -> throw new MalformedFrame("its ICMPv6 type is " + type);
        };
    }

    /**
     * RFC 3810, section 7.4. A source that is not known yet is taken too, as switches that snoop do (RFC 3590,
     * section 4): it is a listener's all the same.
     */
    private static void requireWhatRoutersDo(Ipv6Packet packet) throws MalformedFrame {
        if (packet.protocol() != IpProtocol.ICMPV6) {
            throw new MalformedFrame("it is of IP protocol " + packet.protocol() + " and not ICMPv6");
        } else if (!packet.isIcmpv6Intact()) {
            throw new MalformedFrame("its ICMPv6 checksum is wrong");
        } else if (packet.hopLimit() != Mld.HOP_LIMIT) {
            throw new MalformedFrame("its hop limit is " + packet.hopLimit() + " and not 1");
        } else if (!packet.source().isLinkLocal() && !packet.source().isUnspecified()) {
            throw new MalformedFrame("its source " + packet.source() + " is not a link-local address");
        } else if (!RouterAlert.isIn(packet.hopByHop())) {
            throw new MalformedFrame("it has no router alert option");
        }
    }
}

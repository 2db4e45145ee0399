package io.plugboard.compiler.frame;

import io.plugboard.topology.model.Ipv6Address;
import java.util.Objects;

/**
 * An IPv6 packet (RFC 8200, section 3) that carries its payload directly or behind a hop-by-hop options header
 * (section 4.3), and has no other extension headers.
 *
 * @param hopByHop the options, 8n + 6 octets; none is no such header
 * @param protocol of the payload, an IP protocol number
 */
public record Ipv6Packet(
        int hopLimit, Ipv6Address source, Ipv6Address destination, Octets hopByHop, int protocol, Octets payload) {
    private static final int VERSION = 6;
    private static final int HOP_BY_HOP = 0;
    private static final int ICMPV6_CHECKSUM_AT = 2;

    public Ipv6Packet {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(payload);
        if (hopByHop.length() > 0 && hopByHop.length() % 8 != 6) {
            throw new IllegalArgumentException("hop-by-hop options are 8n + 6 octets, not " + hopByHop.length());
        }
    }

    /** @param message an ICMPv6 message (RFC 4443, section 2.1); what is in its checksum's place is written over */
    public static Ipv6Packet icmpv6(
            int hopLimit, Ipv6Address source, Ipv6Address destination, Octets hopByHop, Octets message) {
        Octets blank =
                new OctetWriter().octets(message).u16At(ICMPV6_CHECKSUM_AT, 0).toOctets();
        Octets checked = new OctetWriter()
                .octets(blank)
                .u16At(ICMPV6_CHECKSUM_AT, icmpv6Checksum(source, destination, blank))
                .toOctets();
        return new Ipv6Packet(hopLimit, source, destination, hopByHop, IpProtocol.ICMPV6, checked);
    }

    /** Whether the payload, taken as ICMPv6, holds its right checksum. */
    public boolean isIcmpv6Intact() {
        return icmpv6Checksum(source, destination, payload) == 0;
    }

    /** With the pseudo-header of RFC 8200, section 8.1. */
    private static int icmpv6Checksum(Ipv6Address source, Ipv6Address destination, Octets message) {
        Octets pseudoHeader = new OctetWriter()
                .ip(source)
                .ip(destination)
                .u32(message.length())
                .u32(IpProtocol.ICMPV6)
                .toOctets();
        return Checksum.of(pseudoHeader, message);
    }

    public Octets toOctets() {
        int extension = hopByHop.length() == 0 ? 0 : 2 + hopByHop.length();
        OctetWriter writer = new OctetWriter()
                .u32(VERSION << 28)
                .u16(extension + payload.length())
                .u8(extension == 0 ? protocol : HOP_BY_HOP)
                .u8(hopLimit)
                .ip(source)
                .ip(destination);
        if (extension > 0) {
            writer.u8(protocol).u8(extension / 8 - 1).octets(hopByHop);
        }
        return writer.octets(payload).toOctets();
    }

    /**
     * Reads a packet; what follows it is a frame's padding, and is left out.
     *
     * @throws MalformedFrame when it is cut off or contradicts itself
     */
    public static Ipv6Packet read(Octets octets) throws MalformedFrame {
        OctetReader header = new OctetReader(octets, "the IPv6 packet");
        int first = header.u32();
        if (first >>> 28 != VERSION) {
            throw new MalformedFrame("its IP version is " + (first >>> 28) + ", and its EtherType that of IPv6");
        }
        int length = header.u16();
        int protocol = header.u8();
        int hopLimit = header.u8();
        Ipv6Address source = header.ipv6();
        Ipv6Address destination = header.ipv6();
        OctetReader reader = new OctetReader(header.take(length), "the IPv6 payload");
        Octets hopByHop = Octets.NONE;
        if (protocol == HOP_BY_HOP) {
            protocol = reader.u8();
            hopByHop = reader.take(reader.u8() * 8 + 6);
        }
        return new Ipv6Packet(hopLimit, source, destination, hopByHop, protocol, reader.rest());
    }
}

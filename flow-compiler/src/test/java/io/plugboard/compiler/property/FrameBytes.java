package io.plugboard.compiler.property;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Frames on the wire (IEEE 802.3, 3.1.1; 802.1Q, 9.6), with just so much payload that a switch finds in it what the frame
 * says: IPv4 and IPv6 headers without addresses, MLD behind the router alert option that it always has.
 */
public final class FrameBytes {
    /** The shortest frame, less its check sequence. */
    private static final int MIN_LENGTH = 60;

    private static final int MAX_LENGTH = 128;
    private static final int IPV4_HEADER = 20;
    private static final int ICMPV6_HEADER = 8;
    private static final int HOP_BY_HOP = 0;
    private static final int NEIGHBOUR_SOLICITATION = 135;

    /** Options of a hop-by-hop header: router alert for MLD (RFC 2711, section 2.1), two octets of padding. */
    private static final long ROUTER_ALERT = 0x0502_0000_0100L;

    private FrameBytes() {}

    public static String hex(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);
        putMac(bytes, frame.destination().bits());
        putMac(bytes, frame.source().bits());
        for (VlanTag tag : frame.tags()) {
            bytes.putShort((short) tag.tpid()).putShort((short) (tag.priority() << 13 | tag.id()));
        }
        bytes.putShort((short) frame.etherType());
        if (frame.etherType() == EtherType.IPV4) {
            putIpv4(bytes, frame.ipProtocol().orElseThrow());
        } else if (frame.etherType() == EtherType.IPV6) {
            putIpv6(bytes, frame);
        }
        int length = Math.max(MIN_LENGTH, bytes.position());
        return HexFormat.of().formatHex(bytes.array(), 0, length);
    }

    private static void putMac(ByteBuffer bytes, long mac) {
        bytes.putShort((short) (mac >> 32)).putInt((int) mac);
    }

    /** RFC 791, section 3.1. */
    private static void putIpv4(ByteBuffer bytes, int protocol) {
        int timeToLive = 1;
        bytes.put((byte) 0x45).put((byte) 0).putShort((short) IPV4_HEADER).putInt(0);
        bytes.put((byte) timeToLive).put((byte) protocol).putShort((short) 0).putLong(0);
    }

    /** RFC 8200, sections 3 and 4.3; RFC 4443, section 2.1. */
    private static void putIpv6(ByteBuffer bytes, Frame frame) {
        int protocol = frame.ipProtocol().orElseThrow();
        boolean isMld = protocol == IpProtocol.ICMPV6 && frame.icmpv6Type().orElseThrow() != NEIGHBOUR_SOLICITATION;
        int payload = (isMld ? 2 * Long.BYTES : Long.BYTES);
        int hopLimit = 255;
        bytes.putInt(6 << 28).putShort((short) payload);
        bytes.put((byte) (isMld ? HOP_BY_HOP : protocol)).put((byte) hopLimit);
        bytes.putLong(0).putLong(0).putLong(0).putLong(0);
        if (isMld) {
            bytes.put((byte) protocol).put((byte) 0);
            putMac(bytes, ROUTER_ALERT);
        }
        bytes.put((byte) frame.icmpv6Type().orElse(0)).put((byte) 0).position(bytes.position() + ICMPV6_HEADER - 2);
    }
}

package io.plugboard.it.wire;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.compiler.frame.Octets;
import java.util.Optional;

/**
 * A frame that passed a device.
 *
 * @param time nanoseconds, by the kernel's clock
 * @param isLeaving whether the machine sent it by this device, not received it
 */
public record Sighting(long time, String device, boolean isLeaving, EthernetFrame frame) {
    private static final int IGMP_QUERY = 0x11;
    private static final int MLD_QUERY = 130;
    private static final int NEXT_HEADER_AT = 6;
    /** Behind the header and a hop-by-hop header of eight octets, as MLD is sent (RFC 3810, section 5). */
    private static final int MLD_TYPE_AT = 48;

    static Sighting parse(String line) {
        String[] words = line.split(" ");
        try {
            return new Sighting(
                    Long.parseLong(words[0]),
                    words[1],
                    words[2].equals("out"),
                    EthernetFrame.read(Octets.parse(words[3])));
        } catch (MalformedFrame e) {
            throw new AssertionError(line, e);
        }
    }

    public boolean leaves(String other) {
        return isLeaving && device.equals(other);
    }

    public boolean enters(String other) {
        return !isLeaving && device.equals(other);
    }

    public boolean isRarp() {
        return frame.etherType() == EtherType.RARP;
    }

    public boolean isIgmpQuery() {
        return igmpType().filter(type -> type == IGMP_QUERY).isPresent();
    }

    boolean isMldQuery() {
        byte[] packet = frame.payload().toArray();
        return frame.etherType() == EtherType.IPV6
                && packet[NEXT_HEADER_AT] == 0
                && Byte.toUnsignedInt(packet[MLD_TYPE_AT]) == MLD_QUERY;
    }

    public boolean isIgmpReport() {
        return igmpType().filter(type -> type != IGMP_QUERY).isPresent();
    }

    private Optional<Integer> igmpType() {
        return ipv4(IpProtocol.IGMP).map(payload -> Byte.toUnsignedInt(payload.toArray()[0]));
    }

    /** The number of a frame of this stream. */
    Optional<Integer> numberIn(NumberedStream stream) {
        return ipv4(IpProtocol.UDP).flatMap(stream::number);
    }

    boolean isOf(NumberedStream stream) {
        return numberIn(stream).isPresent();
    }

    private Optional<Octets> ipv4(int protocol) {
        if (frame.etherType() != EtherType.IPV4) {
            return Optional.empty();
        }
        try {
            return Optional.of(Ipv4Packet.read(frame.payload()))
                    .filter(packet -> packet.protocol() == protocol)
                    .map(Ipv4Packet::payload);
        } catch (MalformedFrame e) {
            throw new AssertionError(toString(), e);
        }
    }
}

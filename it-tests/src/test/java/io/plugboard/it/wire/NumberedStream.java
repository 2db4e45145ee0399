package io.plugboard.it.wire;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Frames that carry numbers from 1 on, in UDP.
 *
 * @param port UDP's, of the sender, by which this stream is told from others
 */
public record NumberedStream(MacAddress source, MacAddress destination, Ipv4Address to, VlanId vlan, int port) {
    /** UDP's port where guests listen. */
    public static final int LISTENING = 5000;

    private static final int HEADER = 8;
    /** So that the frame needs no padding, and the number is at its end. */
    private static final int FILLING = 24;

    private static final Ipv4Address FROM = Ipv4Address.parse("10.77.0.1");

    public static NumberedStream toGroup(MacAddress source, Ipv4Address group, VlanId vlan, int port) {
        return new NumberedStream(source, GroupMac.of(group), group, vlan, port);
    }

    /** The first one. It has no checksum, which UDP over IPv4 may leave out (RFC 768). */
    Octets frame() {
        Octets datagram = new OctetWriter()
                .u16(port)
                .u16(LISTENING)
                .u16(HEADER + FILLING + Integer.BYTES)
                .u16(0)
                .zeros(FILLING)
                .u32(1)
                .toOctets();
        Ipv4Packet packet = new Ipv4Packet(0, 64, IpProtocol.UDP, FROM, to, Octets.NONE, datagram);
        return new EthernetFrame(destination, source, vlan, EtherType.IPV4, packet.toOctets()).toOctets();
    }

    Optional<Integer> number(Octets datagram) {
        ByteBuffer octets = ByteBuffer.wrap(datagram.toArray());
        return Short.toUnsignedInt(octets.getShort(0)) == port
                ? Optional.of(octets.getInt(octets.capacity() - Integer.BYTES))
                : Optional.empty();
    }
}

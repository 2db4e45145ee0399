package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.controller.reconcile.PacketIn;

/** Reads copies of frames (OFPT_PACKET_IN, OpenFlow 1.3.5, 7.4.1). */
final class PacketIns {
    private PacketIns() {}

    /** @throws IllegalArgumentException or IndexOutOfBoundsException when it cannot be read */
    static PacketIn read(ByteBuf body) {
        body.skipBytes(4); // buffer: none was ever asked for
        int length = body.readUnsignedShort();
        body.skipBytes(1); // reason
        int table = body.readUnsignedByte();
        long cookie = body.readLong();
        int inPort = Oxm.find(MatchField.IN_PORT, body)
                .orElseThrow(() -> new IllegalArgumentException("it does not say where its frame came in"))
                .intValue();
        body.skipBytes(2);
        if (body.readableBytes() != length) {
            throw new IllegalArgumentException("it has " + body.readableBytes() + " octets of a frame of " + length);
        }
        return new PacketIn(inPort, table, cookie, Octets.of(ByteBufUtil.getBytes(body)));
    }
}

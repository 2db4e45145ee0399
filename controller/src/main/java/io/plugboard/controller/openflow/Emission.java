package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.PacketOut;
import java.util.List;

/**
 * Frames of the controller's own (OFPT_PACKET_OUT, OpenFlow 1.3.5, 7.3.7). A switch says nothing of those that it sends: how many
 * the socket has taken is all that can be told.
 */
final class Emission extends Exchange<Integer> {
    private static final int FIXED_LENGTH = 24;

    private final List<PacketOut> packets;
    private int next;

    Emission(List<PacketOut> packets) {
        this.packets = List.copyOf(packets);
    }

    @Override
    String name() {
        return "OFPT_PACKET_OUT";
    }

    @Override
    int xids() {
        return packets.size();
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        while (next < packets.size() && out.readableBytes() < enough) {
            encode(packets.get(next), out);
            next++;
        }
        return next == packets.size();
    }

    private void encode(PacketOut packet, ByteBuf out) {
        byte[] frame = packet.frame().toArray();
        Frame.writeHeader(
                OpenFlow13.PACKET_OUT, FIXED_LENGTH + Actions.OUTPUT_LENGTH + frame.length, firstXid() + next, out);
        out.writeInt(OpenFlow13.NO_BUFFER);
        out.writeInt(OpenFlow13.CONTROLLER); // the port that it came in by
        out.writeShort(Actions.OUTPUT_LENGTH);
        out.writeZero(6);
        Actions.write(List.of(new Action.Output(packet.port())), out);
        out.writeBytes(frame);
    }

    @Override
    void written() {
        finish(packets.size());
    }

    @Override
    boolean answered(int message, Frame frame) {
        return false;
    }

    /** Whoever emitted it may have been told already that it is on its way. */
    @Override
    boolean refused(int message, String error) {
        return false;
    }
}

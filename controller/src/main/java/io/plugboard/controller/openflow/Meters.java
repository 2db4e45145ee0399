package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.controller.reconcile.ControllerMeter;
import io.plugboard.controller.reconcile.SwitchCommand;
import java.util.Optional;

/** The meter of copies to the controller (OpenFlow 1.3.5, 7.3.4.4 and 7.3.5.12). */
final class Meters {
    /** OFPM_CONTROLLER. */
    static final int CONTROLLER = 0xfffffffe;

    private static final int ADD = 0;
    private static final int MODIFY = 1;
    private static final int DELETE = 2;

    /** OFPMF_PKTPS and OFPMF_BURST. */
    private static final int PACKETS_WITH_BURST = 1 << 1 | 1 << 2;

    private static final int CONFIG_HEADER_LENGTH = 8;
    private static final int BAND_DROP = 1;
    private static final int BAND_LENGTH = 16;

    private Meters() {}

    /** Writes all but the message's length. */
    static void write(SwitchCommand.ForMeter command, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.METER_MOD, 0, xid, out);
        if (command instanceof SwitchCommand.AddMeter add) {
            write(ADD, add.meter(), out);
        } else if (command instanceof SwitchCommand.ModifyMeter modify) {
            write(MODIFY, modify.meter(), out);
        } else {
            out.writeShort(DELETE);
            out.writeShort(0);
            out.writeInt(CONTROLLER);
        }
    }

    private static void write(int command, ControllerMeter meter, ByteBuf out) {
        out.writeShort(command);
        out.writeShort(PACKETS_WITH_BURST);
        out.writeInt(CONTROLLER);
        out.writeShort(BAND_DROP);
        out.writeShort(BAND_LENGTH);
        out.writeInt(meter.rate());
        out.writeInt(meter.burst());
        out.writeZero(4);
    }

    /** Reads an OFPMP_METER_CONFIG reply; other meters in it are passed over. */
    static Optional<ControllerMeter> read(Frame frame) {
        ByteBuf entries = frame.multipartBody();
        while (entries.isReadable()) {
            int length = entries.getUnsignedShort(entries.readerIndex());
            ByteBuf entry = entries.readSlice(Math.max(CONFIG_HEADER_LENGTH, length));
            if (entry.getInt(4) == CONTROLLER) {
                return Optional.of(meter(entry));
            }
        }
        return Optional.empty();
    }

    private static ControllerMeter meter(ByteBuf entry) {
        boolean isOneDrop = entry.getUnsignedShort(2) == PACKETS_WITH_BURST
                && entry.readableBytes() == CONFIG_HEADER_LENGTH + BAND_LENGTH
                && entry.getUnsignedShort(CONFIG_HEADER_LENGTH) == BAND_DROP;
        return isOneDrop
                ? new ControllerMeter(entry.getInt(CONFIG_HEADER_LENGTH + 4), entry.getInt(CONFIG_HEADER_LENGTH + 8))
                : ControllerMeter.FOREIGN;
    }
}

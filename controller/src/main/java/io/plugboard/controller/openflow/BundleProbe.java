package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;

/**
 * Opens an atomic, ordered bundle and discards it, to see whether the switch has bundles: ONF extension 230, the
 * experimenter form of OpenFlow 1.4's (1.4.1, 7.3.9).
 */
final class BundleProbe extends Exchange<Boolean> {
    private static final int ONF = 0x4f4e4600;
    private static final int BUNDLE_CONTROL = 2300;
    private static final int LENGTH = 24;

    private static final int OPEN_REQUEST = 0;
    private static final int OPEN_REPLY = 1;
    private static final int DISCARD_REQUEST = 6;
    private static final int ATOMIC_AND_ORDERED = 3;
    private static final int BUNDLE_ID = 1;

    private boolean opened;

    @Override
    String name() {
        return "ONF_BUNDLE_CONTROL";
    }

    @Override
    int xids() {
        return 2;
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        control(OPEN_REQUEST, firstXid(), out);
        control(DISCARD_REQUEST, firstXid() + 1, out);
        return true;
    }

    private static void control(int type, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.EXPERIMENTER, LENGTH, xid, out);
        out.writeInt(ONF);
        out.writeInt(BUNDLE_CONTROL);
        out.writeInt(BUNDLE_ID);
        out.writeShort(type);
        out.writeShort(ATOMIC_AND_ORDERED);
    }

    @Override
    boolean answered(int message, Frame frame) {
        ByteBuf body = frame.body();
        if (frame.type() != OpenFlow13.EXPERIMENTER || frame.length() != LENGTH || body.readInt() != ONF) {
            return false;
        }
        if (message == 0) {
            opened = body.getUnsignedShort(12) == OPEN_REPLY;
        } else {
            finish(opened);
        }
        return true;
    }

    @Override
    boolean refused(int message, String error) {
        if (message == 1) {
            finish(opened);
        }
        return true;
    }
}

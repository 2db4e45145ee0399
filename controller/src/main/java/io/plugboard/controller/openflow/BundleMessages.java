package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;

/**
 * The messages about bundles of OpenFlow 1.3: ONF extension 230, the experimenter form of OpenFlow 1.4's (1.4.1, 7.3.9). All
 * bundles here are atomic and ordered.
 */
final class BundleMessages {
    /** The experimenter, and the experimenter of its errors. */
    static final int ONF = 0x4f4e4600;

    static final int OPEN_REQUEST = 0;
    static final int OPEN_REPLY = 1;
    static final int CLOSE_REQUEST = 2;
    static final int CLOSE_REPLY = 3;
    static final int COMMIT_REQUEST = 4;
    static final int COMMIT_REPLY = 5;
    static final int DISCARD_REQUEST = 6;
    static final int DISCARD_REPLY = 7;

    /** What a message of a bundle takes beside the message that it carries. */
    static final int ADD_LENGTH = 24;

    private static final int CONTROL = 2300;
    private static final int ADD_MESSAGE = 2301;
    private static final int CONTROL_LENGTH = 24;
    private static final int ATOMIC_AND_ORDERED = 3;

    private BundleMessages() {}

    static void control(int type, int bundle, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.EXPERIMENTER, CONTROL_LENGTH, xid, out);
        out.writeInt(ONF);
        out.writeInt(CONTROL);
        out.writeInt(bundle);
        out.writeShort(type);
        out.writeShort(ATOMIC_AND_ORDERED);
    }

    /** Writes what comes before a message that a bundle is to carry, and that has the same transaction id. */
    static void add(int bundle, int messageLength, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.EXPERIMENTER, ADD_LENGTH + messageLength, xid, out);
        out.writeInt(ONF);
        out.writeInt(ADD_MESSAGE);
        out.writeInt(bundle);
        out.writeZero(2);
        out.writeShort(ATOMIC_AND_ORDERED);
    }

    /** Whether a frame says this of this bundle. */
    static boolean isControl(Frame frame, int type, int bundle) {
        ByteBuf body = frame.body();
        return frame.type() == OpenFlow13.EXPERIMENTER
                && frame.length() == CONTROL_LENGTH
                && body.readInt() == ONF
                && body.readInt() == CONTROL
                && body.readInt() == bundle
                && body.readUnsignedShort() == type;
    }
}

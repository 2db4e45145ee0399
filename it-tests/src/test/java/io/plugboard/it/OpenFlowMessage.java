package io.plugboard.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One message as it is on the wire (OpenFlow 1.3.5, 7.1.1), header included. */
public record OpenFlowMessage(byte[] bytes) {
    public static final int HELLO = 0;
    public static final int ERROR = 1;
    public static final int ECHO_REQUEST = 2;
    public static final int ECHO_REPLY = 3;
    public static final int FLOW_MOD = 14;
    public static final int GROUP_MOD = 15;
    public static final int BARRIER_REQUEST = 20;
    public static final int BARRIER_REPLY = 21;

    private static final byte VERSION_1_3 = 4;
    private static final int EXPERIMENTER = 4;
    private static final int ONF = 0x4f4e4600;
    private static final int BUNDLE_ADD_MESSAGE = 2301;
    private static final int BUNDLE_ADD_LENGTH = 24;
    private static final int HEADER_LENGTH = 8;

    /** A message without a body. */
    public static OpenFlowMessage header(int type, int xid) {
        return new OpenFlowMessage(ByteBuffer.allocate(HEADER_LENGTH)
                .put(VERSION_1_3)
                .put((byte) type)
                .putShort((short) HEADER_LENGTH)
                .putInt(xid)
                .array());
    }

    /** The next message; empty when the stream ends before it. */
    public static Optional<OpenFlowMessage> read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_LENGTH);
        if (header.length < HEADER_LENGTH) {
            return Optional.empty();
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(2));
        byte[] bytes = ByteBuffer.allocate(length).put(header).array();
        try {
            new DataInputStream(in).readFully(bytes, HEADER_LENGTH, length - HEADER_LENGTH);
        } catch (EOFException cut) {
            return Optional.empty();
        }
        return Optional.of(new OpenFlowMessage(bytes));
    }

    public int type() {
        return Byte.toUnsignedInt(bytes[1]);
    }

    public int xid() {
        return ByteBuffer.wrap(bytes).getInt(4);
    }

    public int length() {
        return bytes.length;
    }

    /** The message that it adds to a bundle (ONF extension 230); itself when it is another. */
    public OpenFlowMessage carried() {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        boolean isAdded = type() == EXPERIMENTER
                && length() > BUNDLE_ADD_LENGTH
                && message.getInt(HEADER_LENGTH) == ONF
                && message.getInt(HEADER_LENGTH + Integer.BYTES) == BUNDLE_ADD_MESSAGE;
        return isAdded ? new OpenFlowMessage(Arrays.copyOfRange(bytes, BUNDLE_ADD_LENGTH, length())) : this;
    }

    /** Whether it changes flows or groups. */
    public boolean isModification() {
        return type() == FLOW_MOD || type() == GROUP_MOD;
    }

    /** The same message, of another type. */
    public OpenFlowMessage as(int type) {
        byte[] copy = bytes.clone();
        copy[1] = (byte) type;
        return new OpenFlowMessage(copy);
    }

    /** One after the other, as they are sent in one go. */
    public static byte[] concatenated(List<OpenFlowMessage> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(message -> all.writeBytes(message.bytes));
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

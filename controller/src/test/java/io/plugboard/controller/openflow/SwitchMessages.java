package io.plugboard.controller.openflow;

import io.plugboard.topology.Observed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The octets of what a switch says, written without the code under test. */
public final class SwitchMessages {
    private static final int MAX_LENGTH = 0xffff;

    private SwitchMessages() {}

    /** A message of OpenFlow 1.3. */
    public static byte[] message(int type, int xid, Consumer<ByteBuffer> body) {
        ByteBuffer message = ByteBuffer.allocate(MAX_LENGTH);
        message.put((byte) 4).put((byte) type).putShort((short) 0).putInt(xid);
        body.accept(message);
        message.putShort(2, (short) message.position());
        return Arrays.copyOf(message.array(), message.position());
    }

    /** HELLO with a version bitmap; bit 4 is OpenFlow 1.3. */
    public static byte[] hello(int versionBitmap) {
        return message(
                0, 1, body -> body.putShort((short) 1).putShort((short) 8).putInt(versionBitmap));
    }

    public static byte[] error(int xid, int type, int code) {
        return message(1, xid, body -> body.putShort((short) type).putShort((short) code));
    }

    public static byte[] echoRequest(int xid, String payload) {
        return message(2, xid, body -> body.put(payload.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] echoReply(int xid) {
        return message(3, xid, body -> {});
    }

    public static byte[] featuresReply(int xid, long dpid, int tables, int auxiliaryId) {
        return message(
                6,
                xid,
                body -> body.putLong(dpid)
                        .putInt(0)
                        .put((byte) tables)
                        .put((byte) auxiliaryId)
                        .putShort((short) 0)
                        .putInt(0x4f)
                        .putInt(0));
    }

    public static byte[] barrierReply(int xid) {
        return message(21, xid, body -> {});
    }

    /** @param more whether another part follows */
    public static byte[] multipartReply(int xid, int type, boolean more, Consumer<ByteBuffer> parts) {
        return message(19, xid, body -> {
            body.putShort((short) type).putShort((short) (more ? 1 : 0)).putInt(0);
            parts.accept(body);
        });
    }

    public static byte[] description(int xid, String hardware) {
        return multipartReply(xid, 0, false, body -> {
            body.position(body.position() + 256);
            body.put(Arrays.copyOf(hardware.getBytes(StandardCharsets.US_ASCII), 256));
            body.position(body.position() + 256 + 32 + 256);
        });
    }

    public static byte[] portList(int xid, List<Observed.Port> ports) {
        return multipartReply(xid, 13, false, body -> ports.forEach(port -> put(port, body)));
    }

    /** @param reason 0 added, 1 deleted, 2 modified */
    public static byte[] portStatus(int reason, Observed.Port port) {
        return message(12, 0, body -> {
            body.put((byte) reason).position(body.position() + 7);
            put(port, body);
        });
    }

    private static void put(Observed.Port port, ByteBuffer out) {
        out.putInt(port.number()).putInt(0);
        out.putShort((short) (port.mac().bits() >> 32)).putInt((int) port.mac().bits());
        out.putShort((short) 0);
        out.put(Arrays.copyOf(port.name().getBytes(StandardCharsets.UTF_8), 16));
        out.putInt(0).putInt(port.linkUp() ? 0 : 1);
        out.position(out.position() + 24);
    }

    /** Tables 0 to {@code tables - 1}, each of which can match and write these metadata bits. */
    public static byte[] tableFeatures(int xid, int tables, long metadata) {
        return multipartReply(xid, 12, false, body -> {
            for (int table = 0; table < tables; table++) {
                body.putShort((short) 72).put((byte) table).position(body.position() + 5 + 32);
                body.putLong(metadata).putLong(metadata).putInt(0).putInt(1_000_000);
                body.putInt(0).putInt(0); // an instructions property, empty
            }
        });
    }

    /** @param types bit 0: ALL; @param capabilities bit 2: chaining */
    public static byte[] groupFeatures(int xid, int types, int capabilities) {
        return multipartReply(
                xid, 8, false, body -> body.putInt(types).putInt(capabilities).position(body.position() + 32));
    }

    public static byte[] meterFeatures(int xid, int maxMeters) {
        return multipartReply(xid, 11, false, body -> body.putInt(maxMeters).position(body.position() + 12));
    }

    /** A copy of a frame that came in by this port, as Open vSwitch writes it. */
    public static byte[] packetIn(int inPort, int table, long cookie, byte[] frame) {
        return message(
                10,
                0,
                body -> body.putInt(-1)
                        .putShort((short) frame.length)
                        .put((byte) 1)
                        .put((byte) table)
                        .putLong(cookie)
                        .putShort((short) 1)
                        .putShort((short) 12)
                        .putInt(0x8000_0004)
                        .putInt(inPort)
                        .putInt(0)
                        .putShort((short) 0)
                        .put(frame));
    }

    /** The first octets of a message, as a message of its own. */
    public static byte[] cut(byte[] message, int length) {
        ByteBuffer shorter = ByteBuffer.wrap(Arrays.copyOf(message, length));
        return shorter.putShort(2, (short) length).array();
    }

    /** The meter of copies to the controller, with one band of type DROP. */
    public static byte[] meterConfig(int xid, int flags, int rate, int burst) {
        return multipartReply(
                xid,
                10,
                false,
                body -> body.putShort((short) 24)
                        .putShort((short) flags)
                        .putInt(-2)
                        .putShort((short) 1)
                        .putShort((short) 16)
                        .putInt(rate)
                        .putInt(burst)
                        .putInt(0));
    }

    /** What is wrong with a bundle, by the number in OpenFlow 1.4, as Open vSwitch says it on 1.3. */
    public static byte[] bundleError(int xid, int code) {
        return message(
                1,
                xid,
                body -> body.putShort((short) 0xffff)
                        .putShort((short) (2300 + code))
                        .putInt(0x4f4e4600));
    }

    /** @param type 1 opened, 3 closed, 5 committed, 7 discarded */
    public static byte[] bundleControl(int xid, int bundle, int type) {
        return message(
                4,
                xid,
                body -> body.putInt(0x4f4e4600)
                        .putInt(2300)
                        .putInt(bundle)
                        .putShort((short) type)
                        .putShort((short) 3));
    }
}

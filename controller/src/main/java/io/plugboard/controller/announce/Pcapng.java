package io.plugboard.controller.announce;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a capture file of one section (draft-ietf-opsawg-pcapng), most significant octet first. An interface is described
 * before its first frame.
 */
public final class Pcapng {
    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    /** As a reader finds it, it knows the order of the octets. */
    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;

    private static final long LENGTH_NOT_SAID = -1;
    private static final short ETHERNET = 1;
    private static final int WHOLE_FRAMES = 0;

    private static final int COMMENT = 1;
    private static final int SECTION_HARDWARE = 2;
    private static final int SECTION_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int TIME_RESOLUTION = 9;
    private static final int PACKET_FLAGS = 2;

    private static final byte NANOSECONDS = 9;
    private static final byte[] OUTBOUND = {0, 0, 0, 2};

    private final OutputStream out;
    private final Map<String, Integer> interfaces = new HashMap<>();

    /**
     * What a section says of itself.
     *
     * @param hardware on which it was captured
     * @param application which captured it
     */
    public record Section(String hardware, String application, String comment) {}

    private Pcapng(OutputStream out) {
        this.out = out;
    }

    /** Begins a file; closing the stream, which may be done after any frame, ends it. */
    public static Pcapng begin(OutputStream out, Section section) throws IOException {
        Pcapng file = new Pcapng(out);
        PcapngOptions options = new PcapngOptions()
                .text(COMMENT, section.comment())
                .text(SECTION_HARDWARE, section.hardware())
                .text(SECTION_APPLICATION, section.application());
        file.block(
                SECTION_HEADER,
                ByteBuffer.allocate(16)
                        .putInt(BYTE_ORDER_MAGIC)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(LENGTH_NOT_SAID),
                options);
        return file;
    }

    public void write(CapturedFrame frame) throws IOException {
        int id = interfaceId(frame.interfaceName());
        byte[] octets = frame.frame().toArray();
        long time = nanoseconds(frame.time());
        block(
                ENHANCED_PACKET,
                ByteBuffer.allocate(20 + PcapngOptions.padded(octets.length))
                        .putInt(id)
                        .putLong(time)
                        .putInt(octets.length)
                        .putInt(octets.length)
                        .put(octets),
                new PcapngOptions().text(COMMENT, frame.reason()).octets(PACKET_FLAGS, OUTBOUND));
    }

    /** Since 1970, as 64 bits without a sign: the high half stands first whatever the order of the octets. */
    private static long nanoseconds(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private int interfaceId(String name) throws IOException {
        Integer known = interfaces.get(name);
        if (known != null) {
            return known;
        }
        int id = interfaces.size();
        interfaces.put(name, id);
        block(
                INTERFACE_DESCRIPTION,
                ByteBuffer.allocate(8).putShort(ETHERNET).putShort((short) 0).putInt(WHOLE_FRAMES),
                new PcapngOptions().text(INTERFACE_NAME, name).octets(TIME_RESOLUTION, new byte[] {NANOSECONDS}));
        return id;
    }

    /** A block says its length at both ends. */
    private void block(int type, ByteBuffer body, PcapngOptions options) throws IOException {
        byte[] end = options.toArray();
        int length = 12 + body.capacity() + end.length;
        out.write(ByteBuffer.allocate(length)
                .putInt(type)
                .putInt(length)
                .put(body.array())
                .put(end)
                .putInt(length)
                .array());
    }
}

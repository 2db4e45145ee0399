package io.plugboard.controller.announce;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What stands behind a block's fixed part (draft-ietf-opsawg-pcapng, section 3.5). */
final class PcapngOptions {
    /** An option's length has 16 bits; what is longer is cut. */
    private static final int LONGEST = 0xffff;

    private static final int END = 0;

    private final ByteArrayOutputStream options = new ByteArrayOutputStream();

    /** In UTF-8, without an end mark. */
    PcapngOptions text(int code, String text) {
        return octets(code, text.getBytes(StandardCharsets.UTF_8));
    }

    PcapngOptions octets(int code, byte[] value) {
        int length = Math.min(value.length, LONGEST);
        while (length < value.length && isWithinCharacter(value[length])) {
            length--;
        }
        header(code, length);
        options.write(value, 0, length);
        for (int octet = length; octet < padded(length); octet++) {
            options.write(0);
        }
        return this;
    }

    /** Whether an octet of UTF-8 is not the first of its character. */
    private static boolean isWithinCharacter(byte octet) {
        return (octet & 0xc0) == 0x80;
    }

    private void header(int code, int length) {
        options.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) code)
                .putShort((short) length)
                .array());
    }

    /** With the option that ends them. */
    byte[] toArray() {
        header(END, 0);
        return options.toByteArray();
    }

    /** Everything begins at a multiple of four octets. */
    static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}

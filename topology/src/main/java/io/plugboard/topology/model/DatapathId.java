package io.plugboard.topology.model;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The 64-bit name of one OpenFlow datapath (OpenFlow 1.3.5, 7.3.1), ordered as unsigned. */
public record DatapathId(long bits) implements Comparable<DatapathId> {
    private static final Pattern SIXTEEN_DIGITS = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern EIGHT_OCTETS = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){7}");

    /**
     * Reads 16 hex digits as {@code ovs-vsctl get bridge NAME datapath_id} prints them, with {@code 0x} before them or
     * colons between the octets.
     *
     * @throws IllegalArgumentException when the text is neither; the message names the text
     */
    public static DatapathId parse(String text) {
        String spelled = text.strip().toLowerCase(Locale.ROOT);
        if (spelled.startsWith("0x")) {
            spelled = spelled.substring(2);
        }
        if (EIGHT_OCTETS.matcher(spelled).matches()) {
            spelled = spelled.replace(":", "");
        }
        if (!SIXTEEN_DIGITS.matcher(spelled).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a datapath id: 16 hex digits such as 00000000000000a1");
        }
        return new DatapathId(Long.parseUnsignedLong(spelled, 16));
    }

    @Override
    public int compareTo(DatapathId other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** Sixteen hex digits, as Open vSwitch prints them. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits);
    }
}

package io.plugboard.topology.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A 48-bit Ethernet address (IEEE 802-2014, clause 8), held in the low 48 bits of a long: the first octet on the wire is
 * the most significant.
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
    private static final long MAX = 0xffff_ffff_ffffL;
    private static final long GROUP_BIT = 1L << 40;
    private static final Pattern COLONS_OR_DASHES =
            Pattern.compile("[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}|[0-9a-f]{1,2}(-[0-9a-f]{1,2}){5}");
    private static final Pattern CISCO = Pattern.compile("[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}");
    private static final Pattern BARE = Pattern.compile("[0-9a-f]{12}");

    public static final MacAddress BROADCAST = new MacAddress(MAX);

    private static final long LINK_LOCAL = 0x0180_c200_0000L;

    public MacAddress {
        if (bits < 0 || bits > MAX) {
            throw new IllegalArgumentException("a MAC address has 48 bits, not 0x" + Long.toHexString(bits));
        }
    }

    /**
     * Reads any usual spelling: {@code 52:54:00:aa:bb:cc}, {@code 52-54-00-AA-BB-CC}, {@code 5254.00aa.bbcc},
     * {@code 525400aabbcc}.
     *
     * @throws IllegalArgumentException when the text is none of them; the message names the text
     */
    public static MacAddress parse(String text) {
        String spelled = text.strip().toLowerCase(Locale.ROOT);
        if (COLONS_OR_DASHES.matcher(spelled).matches()) {
            long bits = 0;
            for (String octet : spelled.split("[:-]")) {
                bits = bits << 8 | Long.parseLong(octet, 16);
            }
            return new MacAddress(bits);
        }
        if (CISCO.matcher(spelled).matches() || BARE.matcher(spelled).matches()) {
            return new MacAddress(Long.parseLong(spelled.replace(".", ""), 16));
        }
        throw new IllegalArgumentException("'" + text + "' is not a MAC address such as 52:54:00:aa:bb:cc");
    }

    /** Whether the I/G bit is set: a multicast or the broadcast address (IEEE 802-2014, 8.2.2). */
    public boolean isGroup() {
        return (bits & GROUP_BIT) != 0;
    }

    /** Whether bridges keep it to the link that it came in by: 01:80:c2:00:00:00 to 0f (IEEE 802.1Q, table 8-1). */
    public boolean isLinkLocalControl() {
        return bits >>> 4 == LINK_LOCAL >>> 4;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** Lower-case, colon-separated: {@code 52:54:00:aa:bb:cc}. */
    @Override
    public String toString() {
        char[] text = new char[17];
        for (int octet = 0; octet < 6; octet++) {
            int value = (int) (bits >> 8 * (5 - octet)) & 0xff;
            text[3 * octet] = Character.forDigit(value >> 4, 16);
            text[3 * octet + 1] = Character.forDigit(value & 0xf, 16);
            if (octet < 5) {
                text[3 * octet + 2] = ':';
            }
        }
        return new String(text);
    }
}

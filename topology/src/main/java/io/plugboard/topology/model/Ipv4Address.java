package io.plugboard.topology.model;

import java.util.regex.Pattern;

/** An IPv4 address: 32 bits, the first octet on the wire the most significant. */
public record Ipv4Address(int bits) implements IpAddress {
    /** No leading zeros: some read them as octal. */
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    /**
     * Reads four decimal numbers, without leading zeros: {@code 192.0.2.1}.
     *
     * @throws IllegalArgumentException when the text is something else; the message names the text
     */
    public static Ipv4Address parse(String text) {
        String spelled = text.strip();
        if (!DOTTED.matcher(spelled).matches()) {
            throw notAnAddress(text);
        }
        int bits = 0;
        for (String number : spelled.split("\\.")) {
            int octet = Integer.parseInt(number);
            if (octet > 0xff) {
                throw notAnAddress(text);
            }
            bits = bits << 8 | octet;
        }
        return new Ipv4Address(bits);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IP address such as 192.0.2.1 or 2001:db8::1");
    }

    @Override
    public byte[] octets() {
        return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    }

    /** 224.0.0.0/4 (RFC 1112, section 4). */
    @Override
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    @Override
    public boolean isUnspecified() {
        return bits == 0;
    }

    /** Beside what every address must not be: 0.0.0.0/8, 127.0.0.0/8 and the broadcast (RFC 6890, section 2.2.2). */
    @Override
    public boolean isAssignable() {
        int first = bits >>> 24;
        return first != 0 && first != 127 && !isMulticast() && bits != BROADCAST.bits;
    }

    @Override
    public int compareTo(IpAddress other) {
        return other instanceof Ipv4Address same ? Integer.compareUnsigned(bits, same.bits) : -1;
    }

    /** {@code 192.0.2.1}. */
    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}

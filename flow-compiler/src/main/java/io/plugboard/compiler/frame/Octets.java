package io.plugboard.compiler.frame;

import java.util.Arrays;
import java.util.HexFormat;

/** Some octets, in the order of the wire. A value: nobody can change them. */
public final class Octets {
    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    static Octets of(byte[] octets, int length) {
        return new Octets(Arrays.copyOf(octets, length));
    }

    public static Octets of(byte[] octets) {
        return new Octets(octets.clone());
    }

    /**
     * Reads hexadecimal digits, two an octet; blanks and line ends may stand between octets.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static Octets parse(String hex) {
        return new Octets(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    public int length() {
        return octets.length;
    }

    /** 0 to 255. */
    int at(int index) {
        return octets[index] & 0xff;
    }

    Octets part(int from, int to) {
        return new Octets(Arrays.copyOfRange(octets, from, to));
    }

    /** A copy, for whoever sends them. */
    public byte[] toArray() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets same && Arrays.equals(octets, same.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Hexadecimal, two digits an octet. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}

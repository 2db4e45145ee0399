package io.plugboard.compiler.ir;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets as they are on a wire. Immutable, and equal by what they are. */
public final class Octets {
    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** Copies the array. */
    public static Octets of(byte[] octets) {
        return new Octets(octets.clone());
    }

    public int length() {
        return octets.length;
    }

    /** A copy. */
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

    /** In hex. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}

package io.plugboard.compiler.announce;

import io.plugboard.topology.model.MacAddress;

/** Whom the queries to guests come from, and how they say numbers. */
final class Querier {
    /** Locally administered, and no vNIC's: a guest that is a bridge itself must learn nothing wrong from it. */
    static final MacAddress MAC = new MacAddress(0x0250_4200_0001L);

    private static final int EXACT = 0x80;
    private static final int MANTISSA = 0x10;

    private Querier() {}

    /**
     * An octet for a number (RFC 3376, sections 4.1.1 and 4.1.7; RFC 3810, section 5.1.9): itself below 128, above in
     * floating point, one bit, three of exponent and four of mantissa, as the largest that is not above it.
     *
     * @param value 0 to 31744
     */
    static int code(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int exponent = 0;
        long mantissa = value >> 3;
        while (mantissa >= 2 * MANTISSA) {
            exponent++;
            mantissa >>= 1;
        }
        return (int) (EXACT | exponent << 4 | mantissa - MANTISSA);
    }
}

package io.plugboard.compiler.frame;

/** The Internet checksum (RFC 1071): 16 bits, the one's complement of the one's complement sum. */
public final class Checksum {
    private Checksum() {}

    /**
     * Over the parts one after the other, each but the last of an even length. 0 when they hold their right checksum
     * already.
     */
    public static int of(Octets... parts) {
        long sum = 0;
        for (Octets part : parts) {
            for (int index = 0; index < part.length(); index++) {
                sum += index % 2 == 0 ? part.at(index) << 8 : part.at(index);
            }
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }
}

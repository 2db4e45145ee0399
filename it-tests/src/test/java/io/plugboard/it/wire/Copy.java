package io.plugboard.it.wire;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.property.FrameBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A copy of a frame that came out somewhere.
 *
 * @param tags outermost first
 */
record Copy(String station, List<VlanTag> tags) {

    /** {@code web-1}, with tags {@code up1[100]}. */
    @Override
    public String toString() {
        return tags.stream()
                .map(VlanTag::toString)
                .collect(Collectors.joining("][", station + "[", "]"))
                .replace("[]", "");
    }

    /** What tells one frame's copies from another's: the last octets, behind whatever the switch looks at. */
    record Token(long number) {
        private static final int ADDRESSES = 12;
        private static final int TAG = 4;
        /** From the EtherType before the header on (RFC 791, section 3.1). */
        private static final int IPV4_DESTINATION = 18;

        byte[] on(SentFrame frame) {
            byte[] octets = HexFormat.of().parseHex(FrameBytes.hex(frame.frame()));
            ByteBuffer marked =
                    ByteBuffer.allocate(octets.length + Long.BYTES).put(octets).putLong(number);
            if (frame.ipv4Destination() != 0) {
                marked.putInt(payload(frame) + IPV4_DESTINATION, frame.ipv4Destination());
            }
            return marked.array();
        }

        /** Where the EtherType of the payload is. */
        private static int payload(SentFrame frame) {
            return ADDRESSES + TAG * frame.frame().tags().size();
        }

        /** Fails when these octets are something else than the frame, but for its tags. */
        Copy copy(SentFrame frame, String station, byte[] octets) {
            ByteBuffer received = ByteBuffer.wrap(octets).position(ADDRESSES);
            List<VlanTag> tags = new ArrayList<>();
            while (isTag(Short.toUnsignedInt(received.getShort(received.position())))) {
                int tpid = Short.toUnsignedInt(received.getShort());
                int tci = Short.toUnsignedInt(received.getShort());
                tags.add(new VlanTag(tpid, tci & VlanTag.MAX_ID, tci >> 13));
            }
            byte[] sent = on(frame);
            boolean isSame = Arrays.equals(octets, 0, ADDRESSES, sent, 0, ADDRESSES)
                    && Arrays.equals(octets, received.position(), octets.length, sent, payload(frame), sent.length);
            if (!isSame) {
                throw new AssertionError("%s came to %s instead of %s, or too late for an earlier frame"
                        .formatted(
                                HexFormat.of().formatHex(octets),
                                station,
                                HexFormat.of().formatHex(sent)));
            }
            return new Copy(station, tags);
        }

        private static boolean isTag(int type) {
            return type == EtherType.VLAN || type == EtherType.SERVICE_VLAN;
        }
    }
}

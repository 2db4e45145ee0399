package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.compiler.frame.Octets;
import org.junit.jupiter.api.Test;

class PacketOutTest {
    @Test
    void isEqualByItsOctets() {
        assertThat(new PacketOut(1, Octets.of(new byte[] {1, 2})))
                .isEqualTo(new PacketOut(1, Octets.of(new byte[] {1, 2})))
                .hasSameHashCodeAs(new PacketOut(1, Octets.of(new byte[] {1, 2})))
                .isNotEqualTo(new PacketOut(1, Octets.of(new byte[] {1, 3})))
                .hasToString("PacketOut[port=1, frame=0102]");
    }

    @Test
    void doesNotChangeWithTheArraysThatItWasMadeFromOrGave() {
        byte[] source = {1, 2};
        Octets octets = Octets.of(source);
        source[0] = 9;
        octets.toArray()[1] = 9;

        assertThat(octets.toArray()).containsExactly(1, 2);
    }

    @Test
    void carriesNoMoreThanAMessageHasRoomFor() {
        assertThat(new PacketOut(1, Octets.of(new byte[PacketOut.MAX_FRAME_LENGTH]))
                        .frame()
                        .length())
                .isEqualTo(65_495);
        assertThatThrownBy(() -> new PacketOut(1, Octets.of(new byte[PacketOut.MAX_FRAME_LENGTH + 1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frame of 65496 octets would be sent, and a message has room for 65495");
    }
}

package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PcapngTest {
    /** 0x1234567890abcdef ns after 1970. */
    private static final Instant TIME = Instant.ofEpochSecond(1_311_768_467L, 294_899_695L);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pcapng begin() throws IOException {
        return Pcapng.begin(out, new Pcapng.Section("hw", "app", "why"));
    }

    private static CapturedFrame frame(String interfaceName, String hex, String reason) {
        return new CapturedFrame(TIME, interfaceName, Octets.parse(hex), reason);
    }

    private Octets written() {
        Octets written = Octets.of(out.toByteArray());
        out.reset();
        return written;
    }

    @Test
    void beginsWithASectionThatSaysWhoWroteIt() throws IOException {
        begin();

        assertThat(written()).isEqualTo(Octets.parse("""
                0a0d0d0a 00000038 1a2b3c4d 0001 0000 ffffffffffffffff
                0001 0003 77687900
                0002 0002 68770000
                0004 0003 61707000
                0000 0000
                00000038
                """));
    }

    @Test
    void describesAnInterfaceBeforeItsFirstFrameAlone() throws IOException {
        Pcapng file = begin();
        written();

        file.write(frame("eth0", "0102030405", "hello"));
        assertThat(written()).isEqualTo(Octets.parse("""
                00000001 00000028 0001 0000 00000000
                0002 0004 65746830
                0009 0001 09000000
                0000 0000
                00000028

                00000006 00000040 00000000 12345678 90abcdef 00000005 00000005
                0102030405000000
                0001 0005 68656c6c6f000000
                0002 0004 00000002
                0000 0000
                00000040
                """));

        file.write(frame("eth0", "01020304", "four"));
        assertThat(written()).isEqualTo(Octets.parse("""
                00000006 00000038 00000000 12345678 90abcdef 00000004 00000004
                01020304
                0001 0004 666f7572
                0002 0004 00000002
                0000 0000
                00000038
                """));
    }

    @Test
    void numbersInterfacesAsTheyCome() throws IOException {
        Pcapng file = begin();
        file.write(frame("eth0", "01020304", ""));
        file.write(frame("eth1", "01020304", ""));
        written();

        file.write(frame("eth1", "01020304", ""));

        assertThat(ByteBuffer.wrap(out.toByteArray()).getInt(8)).isEqualTo(1);
    }

    @Test
    void cutsATextThatIsTooLongBetweenCharacters() throws IOException {
        String tooLong = "€".repeat(30_000);
        Pcapng file = begin();
        file.write(frame("eth0", "01020304", ""));
        written();

        file.write(frame("eth0", "01020304", tooLong));

        ByteBuffer block = ByteBuffer.wrap(out.toByteArray());
        int length = block.getShort(34) & 0xffff;
        assertThat(length).isEqualTo(65_535);
        assertThat(new String(block.array(), 36, length, StandardCharsets.UTF_8))
                .isEqualTo("€".repeat(21_845));

        out.reset();
        file.write(frame("eth0", "01020304", "x" + tooLong));

        block = ByteBuffer.wrap(out.toByteArray());
        length = block.getShort(34) & 0xffff;
        assertThat(length).isEqualTo(65_533);
        assertThat(new String(block.array(), 36, length, StandardCharsets.UTF_8))
                .isEqualTo("x" + "€".repeat(21_844));
    }
}

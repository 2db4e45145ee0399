package io.plugboard.ovsdb.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCutterTest {
    private static final int MAX_OCTETS = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private final JsonCutter cutter = new JsonCutter(MAX_OCTETS, 64);
    private final EmbeddedChannel channel = new EmbeddedChannel(cutter);

    private void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(byte[] octets) {
        channel.writeInbound(Unpooled.wrappedBuffer(octets));
    }

    private List<String> received() {
        List<String> texts = new ArrayList<>();
        for (ByteBuf object = channel.readInbound(); object != null; object = channel.readInbound()) {
            texts.add(object.toString(StandardCharsets.UTF_8));
            object.release();
        }
        return texts;
    }

    @Test
    void cutsObjectsThatStandOneBehindTheOther() {
        send("{\"a\":[{}]}{} \r\n\t{\"b\":1}\n");

        assertThat(received()).containsExactly("{\"a\":[{}]}", "{}", "{\"b\":1}");
    }

    @Test
    void leavesBracketsAndQuotesInStringsAlone() {
        String object = "{\"}]{[\":\"\\\"}\\\\\",\"ü€\":\"\\\\\\\"]\"}";

        send(object + "{}");

        assertThat(received()).containsExactly(object, "{}");
    }

    @Test
    void keepsNothingOfWhiteSpaceBetweenObjects() {
        byte[] spaces = new byte[CHUNK];
        Arrays.fill(spaces, (byte) ' ');
        for (int sent = 0; sent < 4 * MAX_OCTETS; sent += CHUNK) {
            send(spaces);
        }
        send("{}");

        assertThat(received()).containsExactly("{}");
    }

    @Test
    void takesObjectOfExactlyAsManyOctetsAsThereMayBe() {
        String largest = "{\"a\":\"" + "x".repeat(MAX_OCTETS - 8) + "\"}";

        send(largest);

        assertThat(received()).containsExactly(largest);
        assertThatThrownBy(() -> send(largest.replace("\"}", "x\"}"))).hasRootCauseInstanceOf(ProtocolViolation.class);
    }

    @Test
    void endsStringOfGigabyteAtTheLimit() {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        send("{\"a\":\"");

        int taken = 0;
        String reason = "";
        for (; taken < 1 << 30 && reason.isEmpty(); taken += CHUNK) {
            try {
                send(chunk);
            } catch (RuntimeException ended) {
                reason = ended.getMessage();
            }
        }

        assertThat(reason).contains("a message of more than " + MAX_OCTETS + " octets");
        assertThat(taken).isLessThanOrEqualTo(MAX_OCTETS + CHUNK);
        assertThat(received()).isEmpty();
    }

    @Test
    void takesMoreFromPeerThatIsKnown() {
        cutter.limitOctets(2 * MAX_OCTETS);
        String large = "{\"a\":\"" + "x".repeat(MAX_OCTETS) + "\"}";

        send(large);

        assertThat(received()).containsExactly(large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "["})
    void endsAtDepthLongBeforeHundredThousand(String opening) {
        String deep = "{\"a\":" + opening.repeat(100_000);

        assertThatThrownBy(() -> send(deep))
                .hasRootCauseInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("brackets deeper than 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "x",
                "\"a\"",
                "1",
                "}",
                "GET / HTTP/1.1",
                "\u0000{\u0000",
                "{\u0000\"",
                "{\"a\nb\"",
                "\ufeff{}"
            })
    void endsAtWhatIsNoObject(String text) {
        assertThatThrownBy(() -> send(text)).hasRootCauseInstanceOf(ProtocolViolation.class);
    }

    @Test
    void letsNothingThroughBehindViolation() {
        assertThatThrownBy(() -> send("{}x")).hasRootCauseInstanceOf(ProtocolViolation.class);
        assertThat(received()).containsExactly("{}");

        send("{}{}");

        assertThat(received()).isEmpty();
    }
}

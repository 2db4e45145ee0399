package io.plugboard.ovsdb.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcCodecTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_OCTETS = 1 << 12;

    private final EmbeddedChannel channel = new EmbeddedChannel(new RpcCodec(RpcCodec.mapper(MAX_OCTETS, 8)));

    private Rpc read(String text) {
        return read(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private Rpc read(ByteBuf octets) {
        channel.writeInbound(octets);
        return channel.readInbound();
    }

    @Test
    void readsWhatIsAsked() {
        assertThat(read("{\"method\":\"echo\",\"params\":[1],\"id\":\"echo\"}"))
                .isEqualTo(new Rpc.Request("echo", JSON.arrayNode().add(1), JSON.textNode("echo")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"method\":\"update\",\"params\":[],\"id\":null}", "{\"method\":\"update\",\"params\":[]}"})
    void readsWhatNobodyNeedsToAnswer(String text) {
        assertThat(read(text)).isEqualTo(new Rpc.Notification("update", JSON.arrayNode()));
    }

    @Test
    void readsAnswer() {
        assertThat(read("{\"id\":1,\"result\":{},\"error\":null}"))
                .isEqualTo(new Rpc.Response(JSON.objectNode(), JSON.nullNode(), JSON.numberNode(1)));
    }

    @Test
    void readsErrorWithoutResultAsOpenVSwitchWritesIt() {
        assertThat(read("{\"id\":1,\"error\":\"unknown method\"}"))
                .isEqualTo(new Rpc.Response(JSON.nullNode(), JSON.textNode("unknown method"), JSON.numberNode(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":1}",
                "{\"result\":1}",
                "{\"method\":1,\"params\":[],\"id\":1}",
                "{\"method\":\"echo\",\"id\":1}",
                "{\"method\":\"echo\",\"params\":{},\"id\":1}",
                "{\"id\":1,\"result\":1]",
                "{\"id\":1,\"result\":NaN}",
                "{\"id\":1 \"result\":1}",
                "{\"id\":1,\"result\":\"\\x\"}",
                "{\"id\":1,\"result\":1e}",
                "{\"id\":1,\"result\":[[[[[[[[[]]]]]]]]]}"
            })
    void endsAtWhatIsNoMessage(String text) {
        assertThatThrownBy(() -> read(text)).hasCauseInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0xc0, 0x80, 0xf8})
    void endsAtWhatIsNoUtf8(int octet) {
        ByteBuf octets = Unpooled.copiedBuffer("{\"id\":1,\"result\":\"?\"}", StandardCharsets.UTF_8);
        octets.setByte(octets.indexOf(0, octets.writerIndex(), (byte) '?'), octet);

        assertThatThrownBy(() -> read(octets)).hasCauseInstanceOf(ProtocolViolation.class);
    }

    @Test
    void endsAtMessageWhoseTreeWouldTakeManyTimesItsOctets() {
        String many = "{\"id\":1,\"result\":[" + "[],".repeat(MAX_OCTETS / 4) + "[]]}";

        assertThatThrownBy(() -> read(many)).hasCauseInstanceOf(ProtocolViolation.class);
    }

    @Test
    void writesAllThreeMembers() {
        channel.writeOutbound(new Rpc.Request("echo", JSON.arrayNode(), JSON.numberNode(1)));

        ByteBuf written = channel.readOutbound();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("{\"method\":\"echo\",\"params\":[],\"id\":1}");
        written.release();
    }
}

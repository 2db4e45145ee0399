package io.plugboard.ovsdb.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** However a stream is split, it is the same messages; and whatever it is, it is messages or a violation. */
class FuzzedStreamTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = RpcCodec.mapper(1 << 16, 16);

    private final EmbeddedChannel channel = new EmbeddedChannel(new JsonCutter(1 << 16, 16), new RpcCodec(MAPPER));

    @Property
    void isTheSameMessagesHoweverItIsSplit(
            @ForAll("messages") List<Rpc> messages, @ForAll("spaces") String space, @ForAll long seed) {
        StringBuilder stream = new StringBuilder();
        messages.forEach(message -> stream.append(message.toJson()).append(space));
        byte[] octets = stream.toString().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);

        List<Rpc> received = new ArrayList<>();
        for (int sent = 0; sent < octets.length; ) {
            int next = Math.min(octets.length - sent, 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
            channel.writeInbound(Unpooled.copiedBuffer(octets, sent, next));
            sent += next;
            for (Rpc message = channel.readInbound(); message != null; message = channel.readInbound()) {
                received.add(message);
            }
        }

        assertThat(received).isEqualTo(messages);
    }

    @Property
    void isMessagesOrViolation(@ForAll @Size(max = 200) byte[] octets, @ForAll boolean isInObject) {
        survives(isInObject ? "{\"id\":1,\"result\":" : "", octets);
    }

    @Property
    void isMessagesOrViolationWhenItIsNearlyRight(@ForAll("messages") List<Rpc> messages, @ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder stream = new StringBuilder();
        messages.forEach(message -> stream.append(message.toJson()));
        byte[] octets = stream.toString().getBytes(StandardCharsets.UTF_8);
        for (int fault = 0; fault < 3 && octets.length > 0; fault++) {
            byte other = random.nextBoolean() ? octets[random.nextInt(octets.length)] : (byte) random.nextInt();
            octets[random.nextInt(octets.length)] = other;
        }
        survives("", octets);
    }

    private void survives(String start, byte[] octets) {
        try {
            channel.writeInbound(Unpooled.copiedBuffer(start, StandardCharsets.UTF_8));
            channel.writeInbound(Unpooled.copiedBuffer(octets));
        } catch (DecoderException ended) {
            assertThat(ended).hasCauseInstanceOf(ProtocolViolation.class);
        }
        channel.releaseInbound();
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\n", "\r\n\t ");
    }

    @Provide
    Arbitrary<List<Rpc>> messages() {
        Arbitrary<Rpc> message = values().flatMap(value -> Arbitraries.of(
                new Rpc.Request("echo", JSON.arrayNode().add(value), JSON.numberNode(7)),
                new Rpc.Notification("update", JSON.arrayNode().add(value)),
                new Rpc.Response(value, JSON.nullNode(), JSON.textNode("id")),
                new Rpc.Response(JSON.nullNode(), value, JSON.numberNode(1))));
        return message.list().ofMaxSize(5);
    }

    private static Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> texts = Arbitraries.strings()
                .ascii()
                .withChars('"', '\\', '{', '}', '[', ']', 'ü', '€')
                .ofMaxLength(20)
                .map(JSON::textNode);
        Arbitrary<JsonNode> numbers = Arbitraries.integers().map(JSON::numberNode);
        return Arbitraries.oneOf(texts, numbers).list().ofMaxSize(4).map(elements -> {
            ArrayNode array = JSON.arrayNode().addAll(elements);
            return JSON.objectNode().set("x", array);
        });
    }
}

package io.plugboard.ovsdb.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Octets of one JSON object to {@link Rpc} and back. */
public final class RpcCodec extends MessageToMessageCodec<ByteBuf, Rpc> {
    /** On average, and fewer than in rows that say something; a tree takes some 50 octets a token, whatever the token takes. */
    private static final int OCTETS_A_TOKEN = 8;

    private final ObjectMapper json;

    /** @param json of {@link #mapper} */
    public RpcCodec(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What all connections with these limits may share.
     *
     * @param maxOctets of one message, and so of one string in it
     * @param maxDepth of brackets within brackets
     */
    public static ObjectMapper mapper(int maxOctets, int maxDepth) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxStringLength(maxOctets)
                .maxTokenCount(maxOctets / OCTETS_A_TOKEN)
                .maxNestingDepth(maxDepth)
                .build();
        // Most names are UUIDs of rows: to intern them would be to keep what peers choose.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf octets, List<Object> out) {
        try (InputStream in = new ByteBufInputStream(octets)) {
            out.add(Rpc.of(json.readTree(in)));
        } catch (IOException broken) {
            throw new ProtocolViolation("a message that is no JSON, or too much of it", broken);
        }
    }

    @Override
    protected void encode(ChannelHandlerContext context, Rpc message, List<Object> out) throws IOException {
        ByteBuf octets = context.alloc().buffer();
        try (OutputStream stream = new ByteBufOutputStream(octets)) {
            json.writeValue(stream, message.toJson());
        } catch (IOException | RuntimeException failed) {
            octets.release();
            throw failed;
        }
        out.add(octets);
    }
}

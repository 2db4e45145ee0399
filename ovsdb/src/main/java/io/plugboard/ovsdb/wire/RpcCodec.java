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
    private final ObjectMapper json;

    /** @param maxOctets of one message, and so of one string in it */
    public RpcCodec(int maxOctets, int maxDepth) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxStringLength(maxOctets)
                .maxNestingDepth(maxDepth)
                .build();
        json = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf octets, List<Object> out) {
        try (InputStream in = new ByteBufInputStream(octets)) {
            out.add(Rpc.of(json.readTree(in)));
        } catch (IOException broken) {
            throw new ProtocolViolation("a message that is no JSON", broken);
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

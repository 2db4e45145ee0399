package io.plugboard.ovsdb.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a stream into JSON objects, each a {@link ByteBuf} of its own. Holds to its limits before an object is whole, and lets
 * nothing through behind what has broken the protocol.
 */
public final class JsonCutter extends ByteToMessageDecoder {
    private final Brackets brackets;
    private int maxOctets;

    /** How much of the object that has begun has been looked at. */
    private int scanned;

    private boolean isBroken;

    /**
     * @param maxOctets of one object
     * @param maxDepth of brackets within brackets
     */
    public JsonCutter(int maxOctets, int maxDepth) {
        this.maxOctets = maxOctets;
        this.brackets = new Brackets(maxDepth);
    }

    /** From now on; on the channel's own thread. */
    public void limitOctets(int octets) {
        maxOctets = octets;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            cut(in, out);
        } catch (ProtocolViolation violation) {
            isBroken = true;
            in.skipBytes(in.readableBytes());
            throw violation;
        }
    }

    private void cut(ByteBuf in, List<Object> out) {
        if (scanned == 0) {
            int first = in.forEachByte(Brackets::isWhiteSpace);
            in.skipBytes(first < 0 ? in.readableBytes() : first - in.readerIndex());
        }
        int last = in.forEachByte(in.readerIndex() + scanned, in.readableBytes() - scanned, brackets);
        boolean isWhole = last >= 0;
        int length = isWhole ? last + 1 - in.readerIndex() : in.readableBytes();
        if (length > maxOctets) {
            throw new ProtocolViolation("a message of more than " + maxOctets + " octets");
        }
        scanned = isWhole ? 0 : length;
        if (isWhole) {
            out.add(in.readRetainedSlice(length));
        }
    }
}

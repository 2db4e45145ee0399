package io.plugboard.ovsdb.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a stream into JSON objects, each a {@link ByteBuf} of its own. It looks at each octet once, knows strings and brackets
 * and nothing else, and so holds to its limits before anything is parsed.
 */
public final class JsonCutter extends ByteToMessageDecoder {
    private final int maxDepth;
    private int maxOctets;

    /** How much of the object that has begun has been looked at. */
    private int scanned;

    private int depth;
    private boolean isInString;
    private boolean isEscaped;

    /**
     * @param maxOctets of one object
     * @param maxDepth of brackets within brackets
     */
    public JsonCutter(int maxOctets, int maxDepth) {
        this.maxOctets = maxOctets;
        this.maxDepth = maxDepth;
    }

    /** From now on; on the channel's own thread. */
    public void limitOctets(int octets) {
        maxOctets = octets;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (scanned == 0) {
            skipWhiteSpace(in);
        }
        while (scanned < in.readableBytes()) {
            byte octet = in.getByte(in.readerIndex() + scanned);
            scanned++;
            look(octet);
            if (depth == 0) {
                out.add(in.readRetainedSlice(scanned));
                scanned = 0;
                return;
            }
            if (scanned >= maxOctets) {
                throw new ProtocolViolation("a message of more than " + maxOctets + " octets");
            }
        }
    }

    private static void skipWhiteSpace(ByteBuf in) {
        while (in.isReadable() && isWhiteSpace(in.getByte(in.readerIndex()))) {
            in.skipBytes(1);
        }
    }

    private static boolean isWhiteSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    private void look(byte octet) {
        if (isInString) {
            if (isEscaped) {
                isEscaped = false;
            } else if (octet == '\\') {
                isEscaped = true;
            } else if (octet == '"') {
                isInString = false;
            }
        } else if (octet == '{' || depth > 0 && octet == '[') {
            depth++;
            if (depth > maxDepth) {
                throw new ProtocolViolation("brackets deeper than " + maxDepth);
            }
        } else if (depth == 0) {
            throw new ProtocolViolation("a message that is no JSON object");
        } else if (octet == '"') {
            isInString = true;
        } else if (octet == '}' || octet == ']') {
            depth--;
        }
    }
}

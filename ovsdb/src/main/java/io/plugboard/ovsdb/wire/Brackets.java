package io.plugboard.ovsdb.wire;

import io.netty.util.ByteProcessor;

/**
 * Where a JSON object ends, and then the next one. Looks at each octet once and knows brackets and strings, nothing
 * else: whether it is JSON at all is for the parser, which gets to see no more than this has counted.
 */
final class Brackets implements ByteProcessor {
    private final int maxDepth;
    private int depth;
    private boolean isInString;
    private boolean isEscaped;

    /** @param maxDepth of brackets within brackets */
    Brackets(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /**
     * @return false at the last octet of an object
     * @throws ProtocolViolation when no JSON object goes on like this, or when it is too deep
     */
    @Override
    public boolean process(byte octet) {
        // Also what would make a parser take the octets for another encoding than UTF-8.
        if (octet >= 0 && octet < ' ' && (isInString || !isWhiteSpace(octet))) {
            throw new ProtocolViolation("a control character in JSON");
        }
        if (isInString) {
            inString(octet);
            return true;
        }
        return outsideOfStrings(octet);
    }

    private void inString(byte octet) {
        if (isEscaped) {
            isEscaped = false;
        } else if (octet == '\\') {
            isEscaped = true;
        } else if (octet == '"') {
            isInString = false;
        }
    }

    private boolean outsideOfStrings(byte octet) {
        if (octet == '{' || depth > 0 && octet == '[') {
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
            return depth > 0;
        }
        return true;
    }

    static boolean isWhiteSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }
}

package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;

/**
 * One OpenFlow message as it came (OpenFlow 1.3.5, 7.1.1), cut by the length in its header. Reading through a frame moves
 * nothing in it.
 *
 * @param bytes the whole message; valid until whoever received the frame returns
 */
record Frame(ByteBuf bytes) {
    static final int HEADER_LENGTH = 8;
    static final int MAX_LENGTH = 0xffff;

    private static final int MULTIPART_HEADER_LENGTH = 8;
    private static final int ERROR_HEADER_LENGTH = 4;
    private static final int REPLY_MORE = 1;

    static void writeHeader(int type, int length, int xid, ByteBuf out) {
        out.writeByte(OpenFlow13.VERSION);
        out.writeByte(type);
        out.writeShort(length);
        out.writeInt(xid);
    }

    /** Whether it is long enough to have a header at all. */
    boolean hasHeader() {
        return bytes.readableBytes() >= HEADER_LENGTH;
    }

    int version() {
        return bytes.getUnsignedByte(bytes.readerIndex());
    }

    int type() {
        return bytes.getUnsignedByte(bytes.readerIndex() + 1);
    }

    int xid() {
        return bytes.getInt(bytes.readerIndex() + 4);
    }

    int length() {
        return bytes.readableBytes();
    }

    /** What follows the header. */
    ByteBuf body() {
        return bytes.slice(bytes.readerIndex() + HEADER_LENGTH, length() - HEADER_LENGTH);
    }

    /** OFPMP_*, of a multipart reply. */
    int multipartType() {
        return body().getUnsignedShort(0);
    }

    /** OFPMPF_REPLY_MORE, of a multipart reply: another part follows. */
    boolean announcesMore() {
        return (body().getUnsignedShort(2) & REPLY_MORE) != 0;
    }

    /** What follows the multipart header, of a multipart reply. */
    ByteBuf multipartBody() {
        return body().skipBytes(MULTIPART_HEADER_LENGTH);
    }

    /** The switch's words, of an error. */
    String error() {
        ByteBuf body = body();
        if (body.readableBytes() < ERROR_HEADER_LENGTH) {
            return "an error without type and code";
        }
        return ErrorType.nameOf(body.readUnsignedShort(), body);
    }
}

package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.controller.reconcile.RequestRefused;
import org.projectfloodlight.openflow.protocol.OFMessage;

/** One message that asks for something, and the reply, or the parts of a multipart reply. */
final class Request<T> extends Exchange<T> {
    private final String name;
    private final OFMessage.Builder message;
    private final int replyType;
    private final int multipartType;
    private final Reply<T> reply;
    private final long maxOctets;
    private long octets;
    private String damage = "";

    /** What is made of a reply. */
    interface Reply<T> {
        /** Reads the reply, or a part of it; throws what it likes when it cannot. */
        void read(Frame frame);

        /** What was read, when the last part has been. */
        T whole();
    }

    private Request(
            String name, OFMessage.Builder message, int replyType, int multipartType, Reply<T> reply, long maxOctets) {
        this.name = name;
        this.message = message;
        this.replyType = replyType;
        this.multipartType = multipartType;
        this.reply = reply;
        this.maxOctets = maxOctets;
    }

    static <T> Request<T> single(String name, OFMessage.Builder message, int replyType, Reply<T> reply) {
        return new Request<>(name, message, replyType, 0, reply, Frame.MAX_LENGTH);
    }

    /** @param maxOctets of all parts together */
    static <T> Request<T> multipart(
            String name, OFMessage.Builder message, int multipartType, Reply<T> reply, long maxOctets) {
        return new Request<>(name, message, OpenFlow13.MULTIPART_REPLY, multipartType, reply, maxOctets);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    int xids() {
        return 1;
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        message.setXid(Integer.toUnsignedLong(firstXid())).build().writeTo(out);
        return true;
    }

    @Override
    boolean answered(int ignored, Frame frame) {
        if (frame.type() != replyType) {
            return false;
        }
        boolean multipart = replyType == OpenFlow13.MULTIPART_REPLY;
        if (multipart && frame.multipartType() != multipartType) {
            return false;
        }
        octets += frame.length();
        if (octets > maxOctets) {
            throw new ProtocolViolation("its reply to " + name + " is longer than " + maxOctets + " octets");
        }
        read(frame);
        if (!multipart || !frame.announcesMore()) {
            if (damage.isEmpty()) {
                finish(reply.whole());
            } else {
                fail(new RequestRefused(name, damage));
            }
        }
        return true;
    }

    /** Further parts come behind one that cannot be read: they are still this request's. */
    private void read(Frame frame) {
        try {
            reply.read(frame);
        } catch (ProtocolViolation e) {
            throw e;
        } catch (RuntimeException e) {
            damage = "its reply cannot be read: " + e.getMessage();
        }
    }

    @Override
    boolean refused(int ignored, String error) {
        fail(new RequestRefused(name, error));
        return true;
    }
}

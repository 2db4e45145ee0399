package io.plugboard.controller.openflow;

import io.plugboard.topology.Observed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The switch's side of a session, message by message. */
public abstract class ScriptedSwitch implements AutoCloseable {
    private static final int MULTIPART_REQUEST = 18;

    /** A message of the controller. */
    public record Message(byte[] octets) {
        public int version() {
            return octets[0];
        }

        public int type() {
            return octets[1];
        }

        public int xid() {
            return ByteBuffer.wrap(octets).getInt(4);
        }

        /** What follows the header. */
        public ByteBuffer body() {
            return ByteBuffer.wrap(octets, 8, octets.length - 8).slice();
        }
    }

    public abstract void send(byte[] octets);

    /** The controller's next message. Fails when there is none. */
    public abstract Message receive();

    /** The controller's next message of this type; what comes before it is passed over. */
    public Message receive(int type) {
        Message message = receive();
        while (message.type() != type) {
            message = receive();
        }
        return message;
    }

    /** Does what a switch does that can do everything, until the controller has all that it asks for. */
    public void shakeHands(long dpid, Observed.Port... ports) {
        send(SwitchMessages.hello(1 << 4));
        Message message;
        do {
            message = receive();
            answer(message, dpid, ports).ifPresent(this::send);
        } while (message.type() != 20);
    }

    /** What such a switch answers to a question of the handshake. */
    public static Optional<byte[]> answer(Message question, long dpid, Observed.Port... ports) {
        int xid = question.xid();
        switch (question.type()) {
            case 4:
                // The reply to a control message of a bundle has the next number.
                return Optional.of(SwitchMessages.bundleControl(
                        xid, question.body().getInt(8), question.body().getShort(12) + 1));
            case 5:
                return Optional.of(SwitchMessages.featuresReply(xid, dpid, 254, 0));
            case MULTIPART_REQUEST:
                return Optional.of(multipartReply(question.body().getShort(0), xid, ports));
            case 20:
                return Optional.of(SwitchMessages.barrierReply(xid));
            default:
                return Optional.empty();
        }
    }

    private static byte[] multipartReply(int type, int xid, Observed.Port... ports) {
        switch (type) {
            case 0:
                return SwitchMessages.description(xid, "Open vSwitch");
            case 8:
                return SwitchMessages.groupFeatures(xid, 0xf, 7);
            case 11:
                return SwitchMessages.meterFeatures(xid, 1000);
            case 12:
                return SwitchMessages.tableFeatures(xid, 254, -1L);
            case 13:
                return SwitchMessages.portList(xid, List.of(ports));
            default:
                throw new AssertionError("a handshake does not ask for multipart type " + type);
        }
    }

    @Override
    public abstract void close();
}

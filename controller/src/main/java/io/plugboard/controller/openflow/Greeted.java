package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.topology.Observed;

/** What all states behind HELLO have in common: everything on the wire is OpenFlow 1.3. */
abstract class Greeted extends SessionState {
    private static final int REASON_DELETE = 1;
    private static final int PORT_STATUS_HEADER_LENGTH = 8;

    Greeted(Session session) {
        super(session);
    }

    @Override
    final void received(Frame frame) {
        if (frame.version() != OpenFlow13.VERSION) {
            // No error is answered by an error: two sides could keep that up for ever.
            if (frame.type() == OpenFlow13.ERROR) {
                session.skip(frame, "version " + frame.version());
            } else {
                session.refuse(frame, ErrorType.BAD_REQUEST, "BAD_VERSION");
            }
            return;
        }
        switch (frame.type()) {
            case OpenFlow13.ECHO_REQUEST:
                session.answerEcho(frame);
                break;
            case OpenFlow13.ERROR:
                error(frame);
                break;
            case OpenFlow13.PORT_STATUS:
                portStatus(frame.body());
                break;
            case OpenFlow13.PACKET_IN:
                packetIn(frame);
                break;
            case OpenFlow13.FLOW_REMOVED:
                complained("it reports a flow removed, which nobody asked for");
                break;
            case OpenFlow13.MULTIPART_REPLY:
                if (!session.exchanges().answered(frame)) {
                    throw new ProtocolViolation("it sends a multipart reply that nobody asked for");
                }
                break;
            case OpenFlow13.FEATURES_REPLY:
            case OpenFlow13.BARRIER_REPLY:
            case OpenFlow13.EXPERIMENTER:
                if (!session.exchanges().answered(frame)) {
                    session.skip(frame, "nobody asked for it");
                }
                break;
            case OpenFlow13.HELLO:
            case OpenFlow13.ECHO_REPLY:
            case OpenFlow13.GET_CONFIG_REPLY:
            case OpenFlow13.QUEUE_GET_CONFIG_REPLY:
            case OpenFlow13.ROLE_REPLY:
            case OpenFlow13.GET_ASYNC_REPLY:
                break;
            default:
                session.refuse(frame, ErrorType.BAD_REQUEST, "BAD_TYPE");
        }
    }

    private void error(Frame frame) {
        String error = frame.error();
        if (!session.exchanges().refused(frame.xid(), error)) {
            complained(error);
        }
    }

    private void portStatus(ByteBuf body) {
        int reason = body.getUnsignedByte(0);
        body.skipBytes(PORT_STATUS_HEADER_LENGTH);
        Ports.read(body).ifPresent(port -> {
            if (reason == REASON_DELETE) {
                portGone(port.number());
            } else {
                portPut(port);
            }
        });
    }

    abstract void portPut(Observed.Port port);

    abstract void portGone(int number);

    abstract void packetIn(Frame frame);

    /** An error that no exchange is waiting for. */
    abstract void complained(String error);
}

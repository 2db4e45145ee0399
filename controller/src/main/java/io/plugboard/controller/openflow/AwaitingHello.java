package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.protocol.OFHelloElemVersionbitmap;
import org.projectfloodlight.openflow.types.U32;

/** The connection is there, and our HELLO is sent (OpenFlow 1.3.5, 6.3.1). The switch may say HELLO, and nothing else. */
final class AwaitingHello extends SessionState {
    private static final int VERSION_BITMAP = 1;
    private static final int ELEMENT_HEADER_LENGTH = 4;

    AwaitingHello(Session session) {
        super(session);
    }

    @Override
    void enter() {
        OFHelloElemVersionbitmap versions = OpenFlow13.FACTORY
                .buildHelloElemVersionbitmap()
                .setBitmaps(List.of(U32.of(1L << OpenFlow13.VERSION)))
                .build();
        session.send(OpenFlow13.FACTORY.buildHello().setElements(List.of(versions)));
    }

    @Override
    void received(Frame frame) {
        if (frame.type() == OpenFlow13.HELLO) {
            if (speaksOurVersion(frame)) {
                session.become(new AwaitingFeatures(session));
            } else {
                session.refuse(frame, ErrorType.HELLO_FAILED, "INCOMPATIBLE", "OpenFlow 1.3 is spoken here");
                session.close("it does not speak OpenFlow 1.3");
            }
        } else if (frame.type() == OpenFlow13.ERROR) {
            session.close("it answered HELLO with " + frame.error());
        } else {
            session.close("its first message is of type " + frame.type() + ", not HELLO");
        }
    }

    /** By the bitmap when there is one, else by the version in the header, the highest that it speaks. */
    private static boolean speaksOurVersion(Frame hello) {
        ByteBuf elements = hello.body();
        while (elements.readableBytes() >= ELEMENT_HEADER_LENGTH) {
            int type = elements.readUnsignedShort();
            int length = elements.readUnsignedShort() - ELEMENT_HEADER_LENGTH;
            if (length < 0 || length > elements.readableBytes()) {
                break;
            }
            if (type == VERSION_BITMAP && length >= Integer.BYTES) {
                return (elements.getInt(elements.readerIndex()) & 1 << OpenFlow13.VERSION) != 0;
            }
            elements.skipBytes(
                    Math.min(length + Oxm.padding(length + ELEMENT_HEADER_LENGTH), elements.readableBytes()));
        }
        return hello.version() >= OpenFlow13.VERSION;
    }

    @Override
    void closed(String reason) {
        session.handshakeFailed(reason);
    }
}

package io.plugboard.controller.openflow;

import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** The numbers of OpenFlow 1.3.5 that more than one class needs, by their names there less the prefix. */
final class OpenFlow13 {
    static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

    static final int VERSION = 4;

    // OFPT_*, section 7.1.1
    static final int HELLO = 0;
    static final int ERROR = 1;
    static final int ECHO_REQUEST = 2;
    static final int ECHO_REPLY = 3;
    static final int EXPERIMENTER = 4;
    static final int FEATURES_REPLY = 6;
    static final int GET_CONFIG_REPLY = 8;
    static final int PACKET_IN = 10;
    static final int FLOW_REMOVED = 11;
    static final int PORT_STATUS = 12;
    static final int PACKET_OUT = 13;
    static final int FLOW_MOD = 14;
    static final int GROUP_MOD = 15;
    static final int MULTIPART_REPLY = 19;
    static final int BARRIER_REQUEST = 20;
    static final int BARRIER_REPLY = 21;
    static final int QUEUE_GET_CONFIG_REPLY = 23;
    static final int ROLE_REPLY = 25;
    static final int GET_ASYNC_REPLY = 27;
    static final int METER_MOD = 29;

    // OFPMP_*, section 7.3.5
    static final int MULTIPART_DESC = 0;
    static final int MULTIPART_FLOW = 1;
    static final int MULTIPART_PORT_STATS = 4;
    static final int MULTIPART_GROUP_DESC = 7;
    static final int MULTIPART_GROUP_FEATURES = 8;
    static final int MULTIPART_METER_CONFIG = 10;
    static final int MULTIPART_METER_FEATURES = 11;
    static final int MULTIPART_TABLE_FEATURES = 12;
    static final int MULTIPART_PORT_DESC = 13;

    /** OFPP_ANY and OFPG_ANY, section 7.2.1 and A.3.4.2. */
    static final int ANY = 0xffffffff;

    /** OFPP_CONTROLLER, section 7.2.1. */
    static final int CONTROLLER = 0xfffffffd;

    /** OFP_NO_BUFFER, section 7.4.1: the frame is in the message. */
    static final int NO_BUFFER = 0xffffffff;

    private OpenFlow13() {}

    /**
     * Reads a message that is none of the many.
     *
     * @throws IllegalArgumentException when OpenFlowJ cannot, for whatever reason
     */
    static <T extends OFMessage> T read(Frame frame, Class<T> kind) {
        try {
            return kind.cast(FACTORY.getReader().readFrom(frame.bytes().duplicate()));
        } catch (OFParseError | RuntimeException e) {
            throw new IllegalArgumentException("unreadable " + kind.getSimpleName() + ": " + e, e);
        }
    }
}

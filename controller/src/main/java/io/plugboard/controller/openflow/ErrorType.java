package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** The names of errors (OpenFlow 1.3.5, 7.4.4), in the order of their numbers. */
enum ErrorType {
    HELLO_FAILED("OFPHFC", "INCOMPATIBLE EPERM"),
    BAD_REQUEST(
            "OFPBRC",
            "BAD_VERSION BAD_TYPE BAD_MULTIPART BAD_EXPERIMENTER BAD_EXP_TYPE EPERM BAD_LEN BUFFER_EMPTY BUFFER_UNKNOWN"
                    + " BAD_TABLE_ID IS_SLAVE BAD_PORT BAD_PACKET MULTIPART_BUFFER_OVERFLOW"),
    BAD_ACTION(
            "OFPBAC",
            "BAD_TYPE BAD_LEN BAD_EXPERIMENTER BAD_EXP_TYPE BAD_OUT_PORT BAD_ARGUMENT EPERM TOO_MANY BAD_QUEUE"
                    + " BAD_OUT_GROUP MATCH_INCONSISTENT UNSUPPORTED_ORDER BAD_TAG BAD_SET_TYPE BAD_SET_LEN"
                    + " BAD_SET_ARGUMENT"),
    BAD_INSTRUCTION(
            "OFPBIC",
            "UNKNOWN_INST UNSUP_INST BAD_TABLE_ID UNSUP_METADATA UNSUP_METADATA_MASK BAD_EXPERIMENTER BAD_EXP_TYPE"
                    + " BAD_LEN EPERM"),
    BAD_MATCH(
            "OFPBMC",
            "BAD_TYPE BAD_LEN BAD_TAG BAD_DL_ADDR_MASK BAD_NW_ADDR_MASK BAD_WILDCARDS BAD_FIELD BAD_VALUE BAD_MASK"
                    + " BAD_PREREQ DUP_FIELD EPERM"),
    FLOW_MOD_FAILED("OFPFMFC", "UNKNOWN TABLE_FULL BAD_TABLE_ID OVERLAP EPERM BAD_TIMEOUT BAD_COMMAND BAD_FLAGS"),
    GROUP_MOD_FAILED(
            "OFPGMFC",
            "GROUP_EXISTS INVALID_GROUP WEIGHT_UNSUPPORTED OUT_OF_GROUPS OUT_OF_BUCKETS CHAINING_UNSUPPORTED"
                    + " WATCH_UNSUPPORTED LOOP UNKNOWN_GROUP CHAINED_GROUP BAD_TYPE BAD_COMMAND BAD_BUCKET BAD_WATCH"
                    + " EPERM"),
    PORT_MOD_FAILED("OFPPMFC", "BAD_PORT BAD_HW_ADDR BAD_CONFIG BAD_ADVERTISE EPERM"),
    TABLE_MOD_FAILED("OFPTMFC", "BAD_TABLE BAD_CONFIG EPERM"),
    QUEUE_OP_FAILED("OFPQOFC", "BAD_PORT BAD_QUEUE EPERM"),
    SWITCH_CONFIG_FAILED("OFPSCFC", "BAD_FLAGS BAD_LEN EPERM"),
    ROLE_REQUEST_FAILED("OFPRRFC", "STALE UNSUP BAD_ROLE"),
    METER_MOD_FAILED(
            "OFPMMFC",
            "UNKNOWN METER_EXISTS INVALID_METER UNKNOWN_METER BAD_COMMAND BAD_FLAGS BAD_RATE BAD_BURST BAD_BAND"
                    + " BAD_BAND_VALUE OUT_OF_METERS OUT_OF_BANDS"),
    TABLE_FEATURES_FAILED("OFPTFFC", "BAD_TABLE BAD_METADATA BAD_TYPE BAD_LEN BAD_ARGUMENT EPERM");

    private static final int EXPERIMENTER = 0xffff;

    /** OpenFlow 1.4's OFPET_BUNDLE_FAILED (1.4.1, 7.5.4.18), as ONF extension 230 numbers it from 2300 on. */
    private static final List<String> BUNDLE_FAILED =
            List.of(("UNKNOWN EPERM BAD_ID BUNDLE_EXIST BUNDLE_CLOSED OUT_OF_BUNDLES BAD_TYPE BAD_FLAGS MSG_BAD_LEN"
                            + " MSG_BAD_XID MSG_UNSUP MSG_CONFLICT MSG_TOO_MANY MSG_FAILED TIMEOUT BUNDLE_IN_PROGRESS")
                    .split(" "));

    private static final int FIRST_OF_BUNDLE_FAILED = 2300;

    /** Enough of an experimenter's error to look it up. */
    private static final int SHOWN_OCTETS = 32;

    private final String prefix;
    private final List<String> codes;

    ErrorType(String prefix, String codes) {
        this.prefix = prefix;
        this.codes = List.of(codes.split(" "));
    }

    /** The number of a code, by its name. */
    int code(String name) {
        return codes.indexOf(name);
    }

    /**
     * Such as {@code OFPFMFC_TABLE_FULL}; numbers where the standard has no name, and the octets of an experimenter's.
     *
     * @param rest what follows the type, two octets at least
     */
    static String nameOf(int type, ByteBuf rest) {
        if (type == EXPERIMENTER) {
            return nameOfExperimenters(rest);
        }
        int code = rest.getUnsignedShort(rest.readerIndex());
        if (type >= values().length) {
            return "error type " + type + ", code " + code;
        }
        ErrorType known = values()[type];
        return code < known.codes.size()
                ? known.prefix + "_" + known.codes.get(code)
                : "OFPET_" + known + ", code " + code;
    }

    private static String nameOfExperimenters(ByteBuf rest) {
        int code = rest.getUnsignedShort(rest.readerIndex()) - FIRST_OF_BUNDLE_FAILED;
        boolean isBundleFailed = rest.readableBytes() >= Short.BYTES + Integer.BYTES
                && rest.getInt(rest.readerIndex() + Short.BYTES) == BundleMessages.ONF
                && code >= 0
                && code < BUNDLE_FAILED.size();
        return isBundleFailed
                ? "OFPBFC_" + BUNDLE_FAILED.get(code)
                : "OFPET_EXPERIMENTER "
                        + ByteBufUtil.hexDump(rest, rest.readerIndex(), Math.min(rest.readableBytes(), SHOWN_OCTETS));
    }
}

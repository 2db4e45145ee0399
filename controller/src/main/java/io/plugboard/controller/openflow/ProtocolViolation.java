package io.plugboard.controller.openflow;

/** The switch did what no session can go on after. */
final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason why the session ends, with the switch as "it" */
    ProtocolViolation(String reason) {
        super(reason, null, false, false);
    }
}

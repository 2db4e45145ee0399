package io.plugboard.ovsdb.wire;

/** A peer does not speak as the protocol says; the message names what is wrong, and the connection ends. */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String what) {
        super(what);
    }

    public ProtocolViolation(String what, Throwable cause) {
        super(what, cause);
    }
}

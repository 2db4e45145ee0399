package io.plugboard.controller.reconcile;

/** The session with a switch ended before it answered. */
public final class ConnectionLost extends Exception {
    private static final long serialVersionUID = 1L;

    public ConnectionLost(String reason) {
        super(reason);
    }
}

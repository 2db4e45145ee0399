package io.plugboard.controller.openflow;

import io.plugboard.controller.reconcile.ConnectionLost;

/** The session is over. What still comes is not read, and what is still asked fails. */
final class Closed extends SessionState {
    private final ConnectionLost lost;

    Closed(Session session, String reason) {
        super(session);
        this.lost = new ConnectionLost(reason);
    }

    ConnectionLost lost() {
        return lost;
    }

    @Override
    void received(Frame frame) {}

    @Override
    void closed(String reason) {}
}

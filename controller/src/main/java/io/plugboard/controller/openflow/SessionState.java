package io.plugboard.controller.openflow;

/** What a session does with what happens to it, until it is in another state. */
abstract class SessionState {
    final Session session;

    SessionState(Session session) {
        this.session = session;
    }

    void enter() {}

    /** A whole message has come. */
    abstract void received(Frame frame);

    /** The session is over; the last thing that this state hears. */
    abstract void closed(String reason);
}

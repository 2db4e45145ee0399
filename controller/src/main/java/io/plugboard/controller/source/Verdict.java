package io.plugboard.controller.source;

import java.util.Objects;

/** What a row's claim comes to, before its switch is asked. */
record Verdict(Kind kind, String reason) {
    enum Kind {
        /** The vNIC is active here: the switch says how it is doing. */
        ACTIVE,
        /** The vNIC may move here: the switch says whether it could. */
        PREPARED,
        /** The vNIC moves: it has left this place, which is not closed yet, or one that has to be closed before this is prepared. */
        WAITING,
        /** The vNIC cannot be plugged in as it is said. */
        REFUSED,
        /** Somebody else has what it claims. */
        CONFLICT,
        /** The bridge is not ours to program. */
        NOT_OURS
    }

    Verdict {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(reason);
    }

    static final Verdict ACTIVE = new Verdict(Kind.ACTIVE, "");
    static final Verdict PREPARED = new Verdict(Kind.PREPARED, "");
    static final Verdict LEAVING = new Verdict(Kind.WAITING, "leaving");
    static final Verdict MOVING = new Verdict(Kind.WAITING, "moving");
    static final Verdict OWNED_BY_REST = conflict("ownedByRest");
    static final Verdict OWNED_BY_FILE = conflict("ownedByFile");
    static final Verdict NOT_OURS = new Verdict(Kind.NOT_OURS, "");

    static Verdict refused(String reason) {
        return new Verdict(Kind.REFUSED, reason);
    }

    static Verdict conflict(String reason) {
        return new Verdict(Kind.CONFLICT, reason);
    }

    /** The reason, for people. */
    String sentence() {
        if (equals(OWNED_BY_REST)) {
            return "it was plugged in by REST, which alone may change it";
        } else if (equals(OWNED_BY_FILE)) {
            return "it was plugged in by a file, which alone may change it";
        }
        return reason;
    }

    /** Whether it may become another one when something else changes. */
    boolean isUnsettled() {
        return kind == Kind.REFUSED || kind == Kind.CONFLICT;
    }
}

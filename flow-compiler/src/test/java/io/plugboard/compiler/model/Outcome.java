package io.plugboard.compiler.model;

import java.util.List;

/** What becomes of a frame. */
public record Outcome(Verdict verdict, List<Copy> copies) {
    public Outcome {
        copies = List.copyOf(copies);
    }

    static Outcome dropped(Verdict why) {
        return new Outcome(why, List.of());
    }

    /** Why it fares so: the first reason to drop it, or what its destination is. */
    public enum Verdict {
        UNUSED_PORT,
        DOUBLE_TAG,
        WRONG_TAG,
        GROUP_SOURCE,
        BLOCKED,
        PREPARED,
        LINK_LOCAL,
        FORGED,
        REFLECTED,
        CLOSED,
        OTHER_UPLINK,
        MEMBERSHIP,
        OWN,
        SHARED,
        UNKNOWN,
        BROADCAST,
        MULTICAST,
        CONTROL
    }
}

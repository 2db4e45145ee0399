package io.plugboard.compiler.announce;

/** Why a vNIC is announced. */
public enum Occasion {
    /** It became active for the first time: its guest joins its groups itself, and is heard. */
    FIRST_ATTACH("first attach", false),
    /** It became active in another place. */
    MIGRATION("migration", true),
    /** It uses another uplink. */
    RE_PIN("another uplink", true),
    /** Its guest uses another MAC, and may. What it listens to reaches it as before. */
    MAC_CHANGE("another MAC", false),
    /** Somebody asked for it. */
    ASKED("on request", true);

    private final String words;
    private final boolean isSilentMove;

    Occasion(String words, boolean isSilentMove) {
        this.words = words;
        this.isSilentMove = isSilentMove;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether switches that snoop lack its guest's memberships afterwards, and the guest does not know. */
    public boolean concernsMemberships() {
        return isSilentMove;
    }
}

package io.plugboard.compiler.announce;

/** Why a vNIC is announced. */
public enum Occasion {
    /** It became active for the first time: its guest joins its groups itself, and is heard. */
    FIRST_ATTACH(false),
    /** It became active in another place. */
    MIGRATION(true),
    /** It uses another uplink. */
    RE_PIN(true),
    /** Its guest uses another MAC, and may. What it listens to reaches it as before. */
    MAC_CHANGE(false),
    /** Somebody asked for it. */
    ASKED(true);

    private final boolean isSilentMove;

    Occasion(boolean isSilentMove) {
        this.isSilentMove = isSilentMove;
    }

    /** Whether switches that snoop lack its guest's memberships afterwards, and the guest does not know. */
    boolean concernsMemberships() {
        return isSilentMove;
    }
}

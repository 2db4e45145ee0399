package io.plugboard.topology.model;

import java.util.Objects;

/**
 * What last made the physical network's idea of a vNIC wrong, and so has to be announced.
 *
 * @param revision the topology's revision at which it happened
 */
public record Placement(Cause cause, long revision) {
    public Placement {
        Objects.requireNonNull(cause);
    }

    public enum Cause {
        /** It was plugged in for the first time. */
        ATTACHED,
        /** It was moved to another place, or into another segment. */
        MIGRATED,
        /** It was moved to another uplink. */
        REPINNED,
        /** It uses another MAC. */
        MAC_CHANGED
    }
}

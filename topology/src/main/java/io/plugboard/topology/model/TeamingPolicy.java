package io.plugboard.topology.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which uplinks vNICs use. A bridge knows some of the names, perhaps none: a port group's policy means the same on every
 * bridge. A policy that names no uplink means all of the bridge's, as active ones.
 *
 * @param active used while they are up
 * @param standby used while no active one is up
 * @param failback whether vNICs return to an uplink that is up again
 * @param failbackDelay how long it has to be up first
 */
public record TeamingPolicy(
        Selection selection, List<String> active, List<String> standby, boolean failback, Duration failbackDelay) {
    public static final Duration DEFAULT_FAILBACK_DELAY = Duration.ofSeconds(10);
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    public static final TeamingPolicy DEFAULT =
            new TeamingPolicy(Selection.ORIGINATING_PORT, List.of(), List.of(), true, DEFAULT_FAILBACK_DELAY);

    /** How one of several uplinks is chosen for a vNIC. */
    public enum Selection {
        /** vNICs are spread evenly over the active uplinks that are up, and stay where they are. */
        ORIGINATING_PORT,
        /** All use the first uplink that is up. */
        EXPLICIT_FAILOVER
    }

    public TeamingPolicy {
        Objects.requireNonNull(selection);
        active = List.copyOf(active);
        standby = List.copyOf(standby);
        Set<String> seen = new HashSet<>();
        Stream.concat(active.stream(), standby.stream()).forEach(uplink -> {
            new PortRef.ByName(uplink);
            if (!seen.add(uplink)) {
                throw new IllegalArgumentException("uplink '" + uplink + "' is named twice");
            }
        });
        if (failbackDelay.isNegative() || failbackDelay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "a failback delay is 0 to " + LONGEST_DELAY.toMillis() + " ms, not " + failbackDelay.toMillis());
        }
    }
}

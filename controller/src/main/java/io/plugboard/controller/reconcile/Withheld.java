package io.plugboard.controller.reconcile;

import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The vNICs that get no flows for now, because the switch refused some of theirs: half a vNIC is none. Each is tried again
 * after a pause that doubles with each refusal.
 */
final class Withheld {
    private final Map<VnicId, String> reasons = new HashMap<>();
    private final Map<VnicId, Backoff> backoffs = new HashMap<>();

    /** @return how long to wait before it is tried again */
    Duration withhold(VnicId id, String reason) {
        reasons.put(id, reason);
        return backoffs.computeIfAbsent(id, unused -> new Backoff()).next();
    }

    /** To be tried again; how often it was refused is remembered until it is accepted. */
    boolean release(VnicId id) {
        return reasons.remove(id) != null;
    }

    /** The switch has taken whatever was not withheld. */
    void accepted() {
        backoffs.keySet().retainAll(reasons.keySet());
    }

    /** The switch is another one now. */
    void clear() {
        reasons.clear();
        backoffs.clear();
    }

    Set<VnicId> ids() {
        return Set.copyOf(reasons.keySet());
    }

    /** The switch's own words for each. */
    Map<VnicId, String> reasons() {
        return Map.copyOf(reasons);
    }
}

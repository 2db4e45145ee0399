package io.plugboard.controller.reconcile;

import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The vNICs that get no flows for now, because the switch refused some of theirs: half a vNIC is none. Each is tried again
 * after a pause that doubles with each refusal, and counts as refused until the switch has taken it.
 */
final class Withheld {
    private final Map<VnicId, String> reasons = new HashMap<>();
    private final Map<VnicId, Backoff> backoffs = new HashMap<>();
    private final Set<VnicId> triedAgain = new HashSet<>();

    /** @return how long to wait before it is tried again */
    Duration withhold(VnicId id, String reason) {
        reasons.put(id, reason);
        triedAgain.remove(id);
        return backoffs.computeIfAbsent(id, unused -> new Backoff()).next();
    }

    /** To be tried again. */
    boolean release(VnicId id) {
        return reasons.containsKey(id) && triedAgain.add(id);
    }

    /** The switch has taken what these need, but for those that it has refused and that are withheld by now. */
    void accepted(Collection<VnicId> ids) {
        forget(ids.stream().filter(triedAgain::contains).toList());
    }

    /** What is said of them now is something else, which nobody has refused yet. */
    void changed(Collection<VnicId> ids) {
        forget(ids);
    }

    private void forget(Collection<VnicId> ids) {
        ids.forEach(reasons::remove);
        ids.forEach(backoffs::remove);
        ids.forEach(triedAgain::remove);
    }

    /** The switch is another one now. */
    void clear() {
        reasons.clear();
        backoffs.clear();
        triedAgain.clear();
    }

    boolean contains(VnicId id) {
        return reasons.containsKey(id) && !triedAgain.contains(id);
    }

    Set<VnicId> ids() {
        return reasons.keySet().stream().filter(id -> !triedAgain.contains(id)).collect(Collectors.toUnmodifiableSet());
    }

    /** The switch's own words for each that it has refused and not taken since. */
    Map<VnicId, String> reasons() {
        return Map.copyOf(reasons);
    }
}

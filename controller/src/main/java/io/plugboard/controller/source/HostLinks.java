package io.plugboard.controller.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The connections to the hosts' databases. Of several to one, the first is in force and the others wait for its end: a database
 * may have two managers, a lost connection may not have been found dead yet; and of hosts that were cloned with their databases,
 * each newer one would seem to take away what the older ones have. Belongs to the source's thread.
 */
final class HostLinks {
    private final Map<UUID, Deque<HostLink>> links = new HashMap<>();

    void add(HostLink link) {
        links.computeIfAbsent(link.database(), unused -> new ArrayDeque<>()).addLast(link);
    }

    /** The next one, if there is one, is in force when this one was. */
    void remove(HostLink link) {
        links.computeIfPresent(link.database(), (database, those) -> {
            those.remove(link);
            return those.isEmpty() ? null : those;
        });
    }

    /** The one in force. */
    Optional<HostLink> of(UUID database) {
        return Optional.ofNullable(links.get(database)).map(Deque::peekFirst);
    }

    boolean isInForce(HostLink link) {
        return of(link.database()).equals(Optional.of(link));
    }
}

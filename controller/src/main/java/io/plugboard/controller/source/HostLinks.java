package io.plugboard.controller.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The connections to the hosts' databases. Of several to one, the first is in force and the others wait for its end: a database
 * may have two managers, a lost connection may not have been found dead yet; and of hosts that were cloned with their databases,
 * each newer one would seem to take away what the older ones have. Belongs to the source's thread.
 */
final class HostLinks {
    private static final int MOST_REMEMBERED = 1024;

    private final Map<UUID, Deque<HostLink>> links = new HashMap<>();

    /** The rows in which something of ours stands, by database: what one connection has written, another takes away. */
    private final Map<UUID, Set<UUID>> written = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Set<UUID>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    void add(HostLink link) {
        link.goesOn(written.computeIfAbsent(link.database(), unused -> new HashSet<>()));
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

package io.plugboard.controller.source;

import io.plugboard.controller.observe.Event;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which vNICs have another status, as everybody who follows events learns it. Not thread-safe. */
final class StatusNews {
    private static final int AT_A_TIME = 1000;

    private final EventLog log;
    private EventLog.Reader reader;

    StatusNews(EventLog log) {
        this.log = log;
        reader = log.fromNow();
    }

    /** @return empty when some were missed: any vNIC may have another one */
    Optional<Set<VnicId>> read() {
        Set<VnicId> changed = new TreeSet<>();
        try {
            List<Event> events = reader.next(AT_A_TIME);
            while (!events.isEmpty()) {
                for (Event event : events) {
                    if (event.data() instanceof VnicChange change) {
                        changed.add(change.vnic());
                    }
                }
                events = reader.next(AT_A_TIME);
            }
            return Optional.of(changed);
        } catch (EventLog.Overtaken overtaken) {
            reader = log.fromNow();
            return Optional.empty();
        }
    }
}

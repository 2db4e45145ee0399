package io.plugboard.controller.rest;

import io.plugboard.controller.observe.BridgeChange;
import io.plugboard.controller.observe.BridgeHealth;
import io.plugboard.controller.observe.Event;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.controller.observe.VnicStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as the API shows it.
 *
 * @param time RFC 3339
 */
record EventView(String id, String time, String kind, String subject, Object data) {

    /** @param before none when the vNIC was not plugged in there before */
    private record OfVnic(String bridge, VnicView.@Nullable Status before, VnicView.Status after) {}

    private record OfBridge(Health before, Health after) {}

    private record Health(String state, List<String> problems) {
        static Health of(BridgeHealth health) {
            return new Health(health.state().name().toLowerCase(Locale.ROOT), health.problems());
        }
    }

    static EventView of(Event event) {
        return new EventView(event.id(), event.time().toString(), event.kind(), event.subject(), data(event.data()));
    }

    private static Object data(Object data) {
        if (data instanceof VnicChange change) {
            return new OfVnic(
                    change.bridge().toString(),
                    change.before().map(EventView::status).orElse(null),
                    status(change.after()));
        } else if (data instanceof BridgeChange change) {
            return new OfBridge(Health.of(change.before()), Health.of(change.after()));
        }
        return data;
    }

    private static VnicView.Status status(VnicStatus status) {
        return VnicView.Status.of(status, Optional.empty());
    }
}

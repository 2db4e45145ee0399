package io.plugboard.it.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * What QEMU says of a live migration.
 *
 * @param total from the order until it was completed
 * @param stopped from STOP at the source until RESUME at the destination, as both say
 */
record Migration(Duration total, Duration stopped) {

    /** Has the machine go on at the destination; returns when it does and the source has let go. */
    static Migration run(QemuProcess source, QemuProcess destination) {
        int before = source.qmp().now();
        int beforeThere = destination.qmp().now();
        begin(source, destination);
        Qmp.Event stop = source.qmp().await(before, "STOP");
        Qmp.Event resume = destination.qmp().await(beforeThere, "RESUME");
        JsonNode end = source.qmp().await(before, Migration::isOver).data();
        if (!end.get("status").asText().equals("completed")) {
            throw new AssertionError("the migration ended with " + end);
        }
        JsonNode statistics = source.qmp().execute("query-migrate");
        return new Migration(
                Duration.ofMillis(statistics.get("total-time").asLong()),
                Duration.ofNanos((resume.time() - stop.time()) * 1000));
    }

    /** Gives the orders, and does not wait for what comes of them. */
    static void begin(QemuProcess source, QemuProcess destination) {
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        address.put(
                "uri", "unix:" + destination.host().file(destination.machine().name() + ".migration"));
        source.qmp().execute("migrate-set-capabilities", eventsAreWanted());
        destination.qmp().execute("migrate-incoming", address);
        source.qmp().execute("migrate", address);
    }

    /** Whether this says how a migration has ended. */
    static boolean isOver(Qmp.Event event) {
        return event.name().equals("MIGRATION")
                && switch (event.data().get("status").asText()) {
                    case "completed", "failed", "cancelled" -> true;
                    default -> false;
                };
    }

    private static ObjectNode eventsAreWanted() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments
                .putArray("capabilities")
                .addObject()
                .put("capability", "events")
                .put("state", true);
        return arguments;
    }
}

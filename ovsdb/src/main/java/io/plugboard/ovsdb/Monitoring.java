package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.Optional;

/** The ways of following a database, the best one first: older servers know only the later ones. */
enum Monitoring {
    /** Begins where the last connection has ended, if the server remembers (ovsdb-server(7), section 4.1.15). */
    SINCE("monitor_cond_since", "update3") {
        @Override
        Optional<Monitoring> otherwise() {
            return Optional.of(CONDITIONAL);
        }

        @Override
        ArrayNode params(Followed from) {
            return super.params(from).add(from.since());
        }

        @Override
        Followed begin(Followed from, JsonNode answer) {
            requireArray(answer, 3);
            boolean isGoingOn = answer.get(0).booleanValue();
            Replica base = isGoingOn ? from.replica() : from.fromNothing().replica();
            return new Followed(base.updated2(answer.get(2)), transaction(answer.get(1)));
        }

        @Override
        Followed update(Followed from, JsonNode params) {
            requireOurs(params, 3);
            return new Followed(from.replica().updated2(params.get(2)), transaction(params.get(1)));
        }
    },

    /** Tells of a changed row only what has changed (ovsdb-server(7), section 4.1.12). */
    CONDITIONAL("monitor_cond", "update2") {
        @Override
        Optional<Monitoring> otherwise() {
            return Optional.of(PLAIN);
        }

        @Override
        Followed begin(Followed from, JsonNode answer) {
            return new Followed(from.fromNothing().replica().updated2(answer), Followed.NEVER);
        }

        @Override
        Followed update(Followed from, JsonNode params) {
            requireOurs(params, 2);
            return new Followed(from.replica().updated2(params.get(1)), Followed.NEVER);
        }
    },

    /** RFC 7047, section 4.1.5. */
    PLAIN("monitor", "update") {
        @Override
        Optional<Monitoring> otherwise() {
            return Optional.empty();
        }

        @Override
        Followed begin(Followed from, JsonNode answer) {
            return new Followed(from.fromNothing().replica().updated(answer), Followed.NEVER);
        }

        @Override
        Followed update(Followed from, JsonNode params) {
            requireOurs(params, 2);
            return new Followed(from.replica().updated(params.get(1)), Followed.NEVER);
        }
    };

    private static final String NAME = "plugboard";

    private final String method;
    private final String notification;

    Monitoring(String method, String notification) {
        this.method = method;
        this.notification = notification;
    }

    String method() {
        return method;
    }

    /** The method of the notifications that follow. */
    String notification() {
        return notification;
    }

    /** What to try when the server does not know this one. */
    abstract Optional<Monitoring> otherwise();

    /** @param from where to go on */
    ArrayNode params(Followed from) {
        ObjectNode requests = JsonNodeFactory.instance.objectNode();
        from.replica().schema().columns().forEach((table, columns) -> {
            ArrayNode names = requests.putArray(table.title()).addObject().putArray("columns");
            columns.forEach(names::add);
        });
        return JsonNodeFactory.instance
                .arrayNode()
                .add(Table.DATABASE)
                .add(NAME)
                .add(requests);
    }

    /** Reads the answer: the rows that are there, or what has happened to those that were. */
    abstract Followed begin(Followed from, JsonNode answer);

    /** Reads what has changed: the parameters of a notification. */
    abstract Followed update(Followed from, JsonNode params);

    private static void requireArray(JsonNode json, int size) {
        if (!json.isArray() || json.size() != size) {
            throw new ProtocolViolation("updates that have not " + size + " parts");
        }
    }

    private static void requireOurs(JsonNode params, int size) {
        requireArray(params, size);
        if (!NAME.equals(params.get(0).asText())) {
            throw new ProtocolViolation("updates of a monitor that nobody has asked for");
        }
    }

    private static String transaction(JsonNode id) {
        return Columns.parseUuid(Columns.text(id)).toString();
    }
}

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
        ArrayNode params(Schema schema, String since) {
            return super.params(schema, since).add(since);
        }

        @Override
        String begin(Replica replica, JsonNode answer) {
            requireArray(answer, 3);
            if (!answer.get(0).booleanValue()) {
                replica.clear();
            }
            replica.update2(answer.get(2));
            return answer.get(1).asText();
        }

        @Override
        String update(Replica replica, JsonNode params) {
            requireArray(params, 3);
            replica.update2(params.get(2));
            return params.get(1).asText();
        }
    },

    /** Tells of a changed row only what has changed (ovsdb-server(7), section 4.1.12). */
    CONDITIONAL("monitor_cond", "update2") {
        @Override
        Optional<Monitoring> otherwise() {
            return Optional.of(PLAIN);
        }

        @Override
        String begin(Replica replica, JsonNode answer) {
            replica.clear();
            replica.update2(answer);
            return NEVER;
        }

        @Override
        String update(Replica replica, JsonNode params) {
            requireArray(params, 2);
            replica.update2(params.get(1));
            return NEVER;
        }
    },

    /** RFC 7047, section 4.1.5. */
    PLAIN("monitor", "update") {
        @Override
        Optional<Monitoring> otherwise() {
            return Optional.empty();
        }

        @Override
        String begin(Replica replica, JsonNode answer) {
            replica.clear();
            replica.update(answer);
            return NEVER;
        }

        @Override
        String update(Replica replica, JsonNode params) {
            requireArray(params, 2);
            replica.update(params.get(1));
            return NEVER;
        }
    };

    /** The id of no transaction: everything has happened since. */
    static final String NEVER = "00000000-0000-0000-0000-000000000000";

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

    /** @param since the last transaction that was seen */
    ArrayNode params(Schema schema, String since) {
        ObjectNode requests = JsonNodeFactory.instance.objectNode();
        schema.columns().forEach((table, columns) -> {
            ArrayNode names = requests.putArray(table.title()).addObject().putArray("columns");
            columns.forEach(names::add);
        });
        return JsonNodeFactory.instance
                .arrayNode()
                .add(Table.DATABASE)
                .add(NAME)
                .add(requests);
    }

    /**
     * Reads the answer: the rows that are there.
     *
     * @return the last transaction in it
     */
    abstract String begin(Replica replica, JsonNode answer);

    /**
     * Reads what has changed.
     *
     * @return the last transaction in it
     */
    abstract String update(Replica replica, JsonNode params);

    private static void requireArray(JsonNode json, int size) {
        if (!json.isArray() || json.size() != size) {
            throw new ProtocolViolation("updates that have not " + size + " parts");
        }
    }
}

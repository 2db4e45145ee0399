package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The method {@code transact}: operations to its parameters, and its result to theirs (RFC 7047, sections 4.1.3 and 5.2). */
final class Transaction {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Transaction() {}

    static ArrayNode params(List<Operation> operations) {
        ArrayNode params = JSON.arrayNode().add(Table.DATABASE);
        operations.forEach(operation -> params.add(json(operation)));
        return params;
    }

    private static ObjectNode json(Operation operation) {
        if (operation instanceof Operation.Insert insert) {
            ObjectNode json = on("insert", insert.table()).put("uuid-name", insert.name());
            return json.set("row", row(insert.columns()));
        } else if (operation instanceof Operation.Update update) {
            return onRow("update", update.table(), update.row()).set("row", row(update.columns()));
        } else if (operation instanceof Operation.PutKeys keys) {
            ObjectNode json = onRow("mutate", keys.table(), keys.row());
            json.set("mutations", mutations(keys));
            return json;
        } else if (operation instanceof Operation.AddReference reference) {
            ArrayNode element = JSON.arrayNode().add("named-uuid").add(reference.insertedName());
            ObjectNode json = onRow("mutate", reference.table(), reference.row());
            json.putArray("mutations").add(mutation(reference.column(), "insert", Columns.set(List.of(element))));
            return json;
        } else if (operation instanceof Operation.Comment comment) {
            return JSON.objectNode().put("op", "comment").put("comment", comment.text());
        }
        throw new IllegalArgumentException(operation.toString());
    }

    /** An insertion leaves a key that is there as it is: it goes first. */
    private static ArrayNode mutations(Operation.PutKeys keys) {
        List<JsonNode> gone = new ArrayList<>();
        keys.remove().forEach(key -> gone.add(JSON.textNode(key)));
        keys.put().keySet().forEach(key -> gone.add(JSON.textNode(key)));
        Map<JsonNode, JsonNode> put = keys.put().entrySet().stream()
                .collect(
                        Collectors.toMap(pair -> JSON.textNode(pair.getKey()), pair -> JSON.textNode(pair.getValue())));
        return JSON.arrayNode()
                .add(mutation(keys.column(), "delete", Columns.set(gone)))
                .add(mutation(keys.column(), "insert", Columns.map(put)));
    }

    private static ArrayNode mutation(String column, String mutator, JsonNode value) {
        return JSON.arrayNode().add(column).add(mutator).add(value);
    }

    private static ObjectNode on(String op, String table) {
        return JSON.objectNode().put("op", op).put("table", table);
    }

    private static ObjectNode onRow(String op, String table, UUID row) {
        ObjectNode json = on(op, table);
        json.putArray("where").addArray().add("_uuid").add("==").add(Columns.uuid(row));
        return json;
    }

    private static ObjectNode row(Map<String, JsonNode> columns) {
        return JSON.objectNode().setAll(columns);
    }

    static List<OperationResult> results(JsonNode result, int operations) {
        if (!result.isArray() || result.size() < operations) {
            throw new ProtocolViolation("a transaction's result that does not have one for each operation");
        }
        List<OperationResult> results = new ArrayList<>();
        result.forEach(each -> results.add(result(each)));
        return results;
    }

    /** @param error that came instead of results: of the transaction as a whole */
    static List<OperationResult> refused(JsonNode error, int operations) {
        List<OperationResult> results =
                new ArrayList<>(Collections.nCopies(operations, new OperationResult.NotTried()));
        results.add(error.isObject() ? failed(error) : new OperationResult.Failed(error.asText(), ""));
        return results;
    }

    private static OperationResult failed(JsonNode error) {
        return new OperationResult.Failed(
                error.path("error").asText(), error.path("details").asText());
    }

    private static OperationResult result(JsonNode json) {
        if (json.isNull()) {
            return new OperationResult.NotTried();
        } else if (!json.isObject()) {
            throw new ProtocolViolation("a transaction's result that is no object");
        } else if (json.has("error")) {
            return failed(json);
        }
        Optional<UUID> inserted = json.has("uuid") ? Optional.of(Columns.uuid(json.get("uuid"))) : Optional.empty();
        return new OperationResult.Done(json.path("count").asInt(inserted.isPresent() ? 1 : 0), inserted);
    }
}

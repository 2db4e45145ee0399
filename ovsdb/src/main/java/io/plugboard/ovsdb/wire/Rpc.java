package io.plugboard.ovsdb.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message of JSON-RPC 1.0. */
public sealed interface Rpc {

    ObjectNode toJson();

    record Request(String method, JsonNode params, JsonNode id) implements Rpc {
        @Override
        public ObjectNode toJson() {
            return message()
                    .put("method", method)
                    .<ObjectNode>set("params", params)
                    .set("id", id);
        }
    }

    /** To be answered by nobody. */
    record Notification(String method, JsonNode params) implements Rpc {
        @Override
        public ObjectNode toJson() {
            return message()
                    .put("method", method)
                    .<ObjectNode>set("params", params)
                    .set("id", NullNode.instance);
        }
    }

    /**
     * @param result JSON's null where there is an error
     * @param error JSON's null where there is none
     */
    record Response(JsonNode result, JsonNode error, JsonNode id) implements Rpc {
        @Override
        public ObjectNode toJson() {
            return message()
                    .<ObjectNode>set("result", result)
                    .<ObjectNode>set("error", error)
                    .set("id", id);
        }
    }

    /** @throws ProtocolViolation when it is none */
    static Rpc of(JsonNode json) {
        JsonNode method = json.path("method");
        JsonNode id = json.path("id");
        if (method.isTextual() && json.path("params").isArray()) {
            return id.isNull() || id.isMissingNode()
                    ? new Notification(method.textValue(), json.get("params"))
                    : new Request(method.textValue(), json.get("params"), id);
        } else if (method.isMissingNode() && !id.isMissingNode() && (json.has("result") || json.has("error"))) {
            return new Response(orNull(json.path("result")), orNull(json.path("error")), id);
        }
        throw new ProtocolViolation("a message that is neither request nor response");
    }

    /** Open vSwitch leaves out the one that is null (RFC 7047, section 4 has both). */
    private static JsonNode orNull(JsonNode member) {
        return member.isMissingNode() ? NullNode.instance : member;
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode();
    }
}

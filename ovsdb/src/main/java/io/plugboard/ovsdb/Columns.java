package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Values in the notation of RFC 7047, section 5.1: an atom, {@code ["set", [...]]}, {@code ["map", [[key, value], ...]]},
 * {@code ["uuid", "..."]}. A set of one may stand as its element alone. A column that is not there has its default: nothing.
 */
final class Columns {
    private static final String SET = "set";
    private static final String MAP = "map";
    private static final String UUID_TAG = "uuid";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Columns() {}

    static List<JsonNode> elements(JsonNode value) {
        if (value.isMissingNode()) {
            return List.of();
        } else if (!isTagged(value, SET)) {
            return List.of(value);
        }
        List<JsonNode> elements = new ArrayList<>();
        value.get(1).forEach(elements::add);
        return elements;
    }

    static Map<JsonNode, JsonNode> pairs(JsonNode value) {
        Map<JsonNode, JsonNode> pairs = new HashMap<>();
        if (value.isMissingNode()) {
            return pairs;
        } else if (!isTagged(value, MAP)) {
            throw new ProtocolViolation("no map: " + shortened(value));
        }
        for (JsonNode pair : value.get(1)) {
            if (!pair.isArray() || pair.size() != 2) {
                throw new ProtocolViolation("no pair of a map: " + shortened(pair));
            }
            pairs.put(pair.get(0), pair.get(1));
        }
        return pairs;
    }

    static boolean isMap(JsonNode value) {
        return isTagged(value, MAP);
    }

    private static boolean isTagged(JsonNode value, String tag) {
        return value.isArray()
                && value.size() == 2
                && value.get(0).isTextual()
                && value.get(0).textValue().equals(tag)
                && value.get(1).isArray();
    }

    static String text(JsonNode atom) {
        if (!atom.isTextual()) {
            throw new ProtocolViolation("no string: " + shortened(atom));
        }
        return atom.textValue();
    }

    static int integer(JsonNode atom) {
        if (!atom.isIntegralNumber() || !atom.canConvertToInt()) {
            throw new ProtocolViolation("no integer of 32 bits: " + shortened(atom));
        }
        return atom.intValue();
    }

    static UUID uuid(JsonNode atom) {
        if (atom.isArray()
                && atom.size() == 2
                && UUID_TAG.equals(atom.get(0).asText())
                && atom.get(1).isTextual()) {
            return parseUuid(atom.get(1).textValue());
        }
        throw new ProtocolViolation("no UUID: " + shortened(atom));
    }

    static UUID parseUuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            // Java takes shorter ones, too, and would write them as others.
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below.
        }
        throw new ProtocolViolation("no UUID: " + shortened(JSON.textNode(text)));
    }

    static Optional<JsonNode> optional(JsonNode value) {
        List<JsonNode> elements = elements(value);
        if (elements.size() > 1) {
            throw new ProtocolViolation("more than one value: " + shortened(value));
        }
        return elements.stream().findFirst();
    }

    static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new HashMap<>();
        pairs(map).forEach((key, value) -> texts.put(text(key), text(value)));
        return texts;
    }

    static ArrayNode uuid(UUID uuid) {
        return tagged(UUID_TAG, JSON.textNode(uuid.toString()));
    }

    static ArrayNode set(Collection<? extends JsonNode> elements) {
        return tagged(SET, JSON.arrayNode().addAll(elements));
    }

    static ArrayNode map(Map<? extends JsonNode, ? extends JsonNode> pairs) {
        ArrayNode array = JSON.arrayNode();
        pairs.forEach((key, value) -> array.addArray().add(key).add(value));
        return tagged(MAP, array);
    }

    private static ArrayNode tagged(String tag, JsonNode value) {
        return JSON.arrayNode().add(tag).add(value);
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}

package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What {@code update2} tells of a column that is a set or a map (ovsdb-server(7), section 4.1.14). */
final class Difference {
    private Difference() {}

    /**
     * The value after it. Of what cannot be understood it is JSON's null, which no column can be: the row is then left out
     * until it comes whole again.
     */
    static JsonNode applied(JsonNode before, JsonNode difference) {
        try {
            return Columns.isMap(difference) ? pairs(before, difference) : elements(before, difference);
        } catch (ProtocolViolation wrong) {
            return NullNode.instance;
        }
    }

    /** A pair that was there with this value is gone; another value is the new one. */
    private static JsonNode pairs(JsonNode before, JsonNode difference) {
        Map<JsonNode, JsonNode> pairs = Columns.pairs(before);
        Columns.pairs(difference).forEach((key, value) -> {
            if (!pairs.remove(key, value)) {
                pairs.put(key, value);
            }
        });
        return Columns.map(pairs);
    }

    /** Elements that were there are gone, others are new. */
    private static JsonNode elements(JsonNode before, JsonNode difference) {
        if (before.isNull() || Columns.isMap(before)) {
            return NullNode.instance;
        }
        Set<JsonNode> elements = new LinkedHashSet<>(Columns.elements(before));
        for (JsonNode element : Columns.elements(difference)) {
            if (!elements.remove(element)) {
                elements.add(element);
            }
        }
        return Columns.set(elements);
    }
}

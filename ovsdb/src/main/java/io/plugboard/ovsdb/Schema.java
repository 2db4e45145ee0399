package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the columns that are followed this database has: older ones lack some.
 *
 * @param single the columns of at most one value: a change of them brings the new value, not a difference
 */
record Schema(Map<Table, List<String>> columns, Map<Table, Set<String>> single) {

    /** @param json what {@code get_schema} answers (RFC 7047, section 3.2) */
    static Schema of(JsonNode json) {
        Map<Table, List<String>> columns = new EnumMap<>(Table.class);
        Map<Table, Set<String>> single = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            JsonNode there = json.path("tables").path(table.title()).path("columns");
            if (!there.isObject()) {
                throw new ProtocolViolation("a database without the table " + table.title());
            }
            List<String> known = table.columns().stream().filter(there::has).toList();
            Set<String> ofOneValue = new HashSet<>();
            for (String column : known) {
                JsonNode max = there.path(column).path("type").path("max");
                if (max.isMissingNode() || max.isInt() && max.intValue() == 1) {
                    ofOneValue.add(column);
                }
            }
            columns.put(table, known);
            single.put(table, ofOneValue);
        }
        return new Schema(columns, single);
    }
}

package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows that are followed, kept up to date by what a monitor tells. Not thread-safe; its snapshots are. */
final class Replica {
    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private final Schema schema;
    private final Map<Table, Map<UUID, ObjectNode>> rows = new EnumMap<>(Table.class);
    private final Map<UUID, OpenVSwitchRow> roots = new HashMap<>();
    private PMap<UUID, BridgeRow> bridges = HashTreePMap.empty();
    private PMap<UUID, PortRow> ports = HashTreePMap.empty();
    private PMap<UUID, InterfaceRow> interfaces = HashTreePMap.empty();

    Replica(Schema schema) {
        this.schema = schema;
        for (Table table : Table.values()) {
            rows.put(table, new HashMap<>());
        }
    }

    Schema schema() {
        return schema;
    }

    void clear() {
        rows.values().forEach(Map::clear);
        roots.clear();
        bridges = HashTreePMap.empty();
        ports = HashTreePMap.empty();
        interfaces = HashTreePMap.empty();
    }

    /** Empty while there is no row that is the root. */
    Optional<Snapshot> snapshot() {
        return roots.values().stream().findFirst().map(root -> new Snapshot(root, bridges, ports, interfaces));
    }

    /** @param updates of a {@code monitor}: old and new rows, the new ones whole (RFC 7047, section 4.1.6) */
    void update(JsonNode updates) {
        forEachRow(updates, (table, uuid, update) -> {
            JsonNode row = update.path("new");
            if (row instanceof ObjectNode whole) {
                put(table, uuid, whole);
            } else {
                remove(table, uuid);
            }
        });
    }

    /** @param updates of a {@code monitor_cond}: rows and differences (ovsdb-server(7), section 4.1.14) */
    void update2(JsonNode updates) {
        forEachRow(updates, (table, uuid, update) -> {
            if (update.path("initial") instanceof ObjectNode whole) {
                put(table, uuid, whole);
            } else if (update.path("insert") instanceof ObjectNode whole) {
                put(table, uuid, whole);
            } else if (update.path("modify") instanceof ObjectNode difference) {
                ObjectNode row = rowsOf(table).get(uuid);
                if (row == null) {
                    throw new ProtocolViolation("a change of a row that is not there: " + uuid);
                }
                put(table, uuid, changed(table, row, difference));
            } else if (update.has("delete")) {
                remove(table, uuid);
            } else {
                throw new ProtocolViolation("an update of row " + uuid + " that says nothing");
            }
        });
    }

    private interface RowUpdate {
        void apply(Table table, UUID uuid, JsonNode update);
    }

    private static void forEachRow(JsonNode updates, RowUpdate then) {
        if (!updates.isObject()) {
            throw new ProtocolViolation("updates of tables that are no object");
        }
        for (Map.Entry<String, JsonNode> ofTable : updates.properties()) {
            Table table = Table.titled(ofTable.getKey())
                    .orElseThrow(() -> new ProtocolViolation("an update of a table that nobody has asked for"));
            for (Map.Entry<String, JsonNode> ofRow : ofTable.getValue().properties()) {
                then.apply(table, Columns.parseUuid(ofRow.getKey()), ofRow.getValue());
            }
        }
    }

    private ObjectNode changed(Table table, ObjectNode row, ObjectNode difference) {
        ObjectNode next = row.deepCopy();
        Set<String> single = schema.single().getOrDefault(table, Set.of());
        for (Map.Entry<String, JsonNode> column : difference.properties()) {
            String name = column.getKey();
            JsonNode value = column.getValue();
            if (single.contains(name)) {
                next.set(name, value);
            } else if (Columns.isMap(value)) {
                next.set(name, Columns.map(changedPairs(row.path(name), value)));
            } else {
                next.set(name, Columns.set(changedElements(row.path(name), value)));
            }
        }
        return next;
    }

    /** A pair that was there with this value is gone; another value is the new one. */
    private static Map<JsonNode, JsonNode> changedPairs(JsonNode before, JsonNode difference) {
        Map<JsonNode, JsonNode> pairs = Columns.pairs(before);
        Columns.pairs(difference).forEach((key, value) -> {
            if (!pairs.remove(key, value)) {
                pairs.put(key, value);
            }
        });
        return pairs;
    }

    /** Elements that were there are gone, others are new. */
    private static List<JsonNode> changedElements(JsonNode before, JsonNode difference) {
        List<JsonNode> elements = new ArrayList<>(Columns.elements(before));
        for (JsonNode element : Columns.elements(difference)) {
            if (!elements.remove(element)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private Map<UUID, ObjectNode> rowsOf(Table table) {
        return rows.computeIfAbsent(table, unused -> new HashMap<>());
    }

    private void put(Table table, UUID uuid, ObjectNode row) {
        rowsOf(table).put(uuid, row);
        try {
            switch (table) {
                case OPEN_VSWITCH -> roots.put(uuid, Rows.root(uuid, row));
                case BRIDGE -> bridges = bridges.plus(uuid, Rows.bridge(uuid, row));
                case PORT -> ports = ports.plus(uuid, Rows.port(uuid, row));
                case INTERFACE -> interfaces = interfaces.plus(uuid, Rows.ofInterface(uuid, row));
            }
        } catch (ProtocolViolation wrong) {
            log.warn("row {} of table {} is left out: {}", uuid, table.title(), wrong.getMessage());
            forget(table, uuid);
        }
    }

    private void remove(Table table, UUID uuid) {
        rowsOf(table).remove(uuid);
        forget(table, uuid);
    }

    private void forget(Table table, UUID uuid) {
        switch (table) {
            case OPEN_VSWITCH -> roots.remove(uuid);
            case BRIDGE -> bridges = bridges.minus(uuid);
            case PORT -> ports = ports.minus(uuid);
            case INTERFACE -> interfaces = interfaces.minus(uuid);
        }
    }
}

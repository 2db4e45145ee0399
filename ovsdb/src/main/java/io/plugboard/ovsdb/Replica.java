package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows that are followed, as a monitor has told them. Immutable: an update makes the next one. */
final class Replica {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** Its own, and what points to it. */
    private static final long OCTETS_A_NODE = 50;

    private final Schema schema;
    private final Map<Table, PMap<UUID, ObjectNode>> rows;
    private long octets;
    private PMap<UUID, OpenVSwitchRow> roots = HashTreePMap.empty();
    private PMap<UUID, BridgeRow> bridges = HashTreePMap.empty();
    private PMap<UUID, PortRow> ports = HashTreePMap.empty();
    private PMap<UUID, InterfaceRow> interfaces = HashTreePMap.empty();

    /** Without a row. */
    Replica(Schema schema) {
        this.schema = schema;
        this.rows = new EnumMap<>(Table.class);
    }

    private Replica(Replica other) {
        schema = other.schema;
        rows = new EnumMap<>(other.rows);
        octets = other.octets;
        roots = other.roots;
        bridges = other.bridges;
        ports = other.ports;
        interfaces = other.interfaces;
    }

    Schema schema() {
        return schema;
    }

    /** What its rows take, about. */
    long octets() {
        return octets;
    }

    /** Empty while there is no row that is the root. */
    Optional<Snapshot> snapshot() {
        return roots.values().stream().findFirst().map(root -> new Snapshot(root, bridges, ports, interfaces));
    }

    /**
     * @param updates of a {@code monitor}: old and new rows, the new ones whole (RFC 7047, section 4.1.6)
     * @throws ProtocolViolation when they are none
     */
    Replica updated(JsonNode updates) {
        Replica next = new Replica(this);
        forEachRow(updates, (table, uuid, update) -> {
            if (update.path("new") instanceof ObjectNode whole) {
                next.put(table, uuid, whole);
            } else if (update.path("old") instanceof ObjectNode) {
                next.remove(table, uuid);
            } else {
                throw new ProtocolViolation("an update of row " + uuid + " that says nothing");
            }
        });
        return next;
    }

    /**
     * @param updates of a {@code monitor_cond}: rows and differences (ovsdb-server(7), section 4.1.14)
     * @throws ProtocolViolation when they are none
     */
    Replica updated2(JsonNode updates) {
        Replica next = new Replica(this);
        forEachRow(updates, (table, uuid, update) -> {
            if (update.path("initial") instanceof ObjectNode whole) {
                next.put(table, uuid, whole);
            } else if (update.path("insert") instanceof ObjectNode whole) {
                next.put(table, uuid, whole);
            } else if (update.path("modify") instanceof ObjectNode difference) {
                ObjectNode row = next.rowsOf(table).get(uuid);
                if (row == null) {
                    throw new ProtocolViolation("a change of a row that is not there: " + uuid);
                }
                next.put(table, uuid, changed(table, row, difference));
            } else if (update.has("delete")) {
                next.remove(table, uuid);
            } else {
                throw new ProtocolViolation("an update of row " + uuid + " that says nothing");
            }
        });
        return next;
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
            if (!ofTable.getValue().isObject()) {
                throw new ProtocolViolation("updates of rows that are no object");
            }
            for (Map.Entry<String, JsonNode> ofRow : ofTable.getValue().properties()) {
                then.apply(table, Columns.parseUuid(ofRow.getKey()), ofRow.getValue());
            }
        }
    }

    private ObjectNode changed(Table table, ObjectNode row, ObjectNode difference) {
        ObjectNode next = row.objectNode().setAll(row);
        Set<String> single = schema.single().getOrDefault(table, Set.of());
        for (Map.Entry<String, JsonNode> column : difference.properties()) {
            String name = column.getKey();
            JsonNode value = column.getValue();
            next.set(name, single.contains(name) ? value : Difference.applied(row.path(name), value));
        }
        return next;
    }

    private PMap<UUID, ObjectNode> rowsOf(Table table) {
        return rows.getOrDefault(table, HashTreePMap.empty());
    }

    private void put(Table table, UUID uuid, ObjectNode row) {
        octets += octets(row) - octetsOf(table, uuid);
        rows.put(table, rowsOf(table).plus(uuid, row));
        try {
            switch (table) {
                case OPEN_VSWITCH -> roots = roots.plus(uuid, Rows.root(uuid, row));
                case BRIDGE -> bridges = bridges.plus(uuid, Rows.bridge(uuid, row));
                case PORT -> ports = ports.plus(uuid, Rows.port(uuid, row));
                case INTERFACE -> interfaces = interfaces.plus(uuid, Rows.ofInterface(uuid, row));
            }
        } catch (ProtocolViolation wrong) {
            LOG.warn("row {} of table {} is left out: {}", uuid, table.title(), wrong.getMessage());
            forget(table, uuid);
        }
    }

    private void remove(Table table, UUID uuid) {
        octets -= octetsOf(table, uuid);
        rows.put(table, rowsOf(table).minus(uuid));
        forget(table, uuid);
    }

    private long octetsOf(Table table, UUID uuid) {
        ObjectNode row = rowsOf(table).get(uuid);
        return row == null ? 0 : octets(row);
    }

    private static long octets(JsonNode node) {
        long octets = OCTETS_A_NODE + node.asText().length();
        for (JsonNode element : node) {
            octets += octets(element);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            octets += OCTETS_A_NODE + field.getKey().length();
        }
        return octets;
    }

    private void forget(Table table, UUID uuid) {
        switch (table) {
            case OPEN_VSWITCH -> roots = roots.minus(uuid);
            case BRIDGE -> bridges = bridges.minus(uuid);
            case PORT -> ports = ports.minus(uuid);
            case INTERFACE -> interfaces = interfaces.minus(uuid);
        }
    }
}

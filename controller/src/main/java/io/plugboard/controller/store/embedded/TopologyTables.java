package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The topology's facts as rows, there and back. */
final class TopologyTables {
    private static final long META_ID = 1;
    private static final Table META = new Table("meta", "id", "revision", "port_groups", "bridges", "vnics");
    private static final Table PORT_GROUP = new Table("port_group", "name", "vlan_mode", "vlan_id", "revision");
    private static final Table BRIDGE = new Table("bridge", "dpid", "name", "uplinks", "revision");
    private static final Table UPLINK = new Table("uplink", "bridge", "position", "name", "slot");
    private static final Table VNIC = new Table(
            "vnic",
            "id",
            "bridge",
            "port_name",
            "port_number",
            "mac",
            "port_group",
            "source",
            "slot",
            "uplink_slot",
            "revision");

    private TopologyTables() {}

    /** Writes what differs from the topology that the rows hold so far. */
    static final class Writer {
        private final Table.Writer meta;
        private final Table.Writer portGroups;
        private final Table.Writer bridges;
        private final Table.Writer uplinks;
        private final Table.Writer vnics;

        Writer(Connection connection) throws SQLException {
            meta = META.writer(connection);
            portGroups = PORT_GROUP.writer(connection);
            bridges = BRIDGE.writer(connection);
            uplinks = UPLINK.writer(connection);
            vnics = VNIC.writer(connection);
        }

        void write(Topology after, Touched touched) throws SQLException {
            for (PortGroupName name : touched.portGroups()) {
                Optional<StoredPortGroup> portGroup = after.portGroup(name);
                if (portGroup.isPresent()) {
                    put(portGroup.get());
                } else {
                    portGroups.delete(name.text());
                }
            }
            for (DatapathId dpid : touched.bridges()) {
                uplinks.delete(dpid.toString());
                Optional<ManagedBridge> bridge = after.bridge(dpid);
                if (bridge.isPresent()) {
                    put(bridge.get());
                } else {
                    bridges.delete(dpid.toString());
                }
            }
            for (VnicId id : touched.vnics()) {
                Optional<Attachment> attachment = after.attachment(id);
                if (attachment.isPresent()) {
                    put(attachment.get());
                } else {
                    vnics.delete(id.text());
                }
            }
            meta.put(
                    META_ID,
                    after.revision(),
                    after.portGroups().size(),
                    after.bridges().size(),
                    after.attachments().size());
        }

        private void put(StoredPortGroup stored) throws SQLException {
            PortGroup portGroup = stored.portGroup();
            if (portGroup.vlan() instanceof VlanMode.Access access) {
                portGroups.put(portGroup.name().text(), "access", access.id().value(), stored.revision());
            } else {
                portGroups.put(portGroup.name().text(), "untagged", null, stored.revision());
            }
        }

        private void put(ManagedBridge stored) throws SQLException {
            Bridge bridge = stored.bridge();
            String dpid = bridge.dpid().toString();
            bridges.put(dpid, bridge.name(), bridge.uplinks().size(), stored.revision());
            for (Map.Entry<UplinkPin, String> uplink : stored.uplinks().entrySet()) {
                int position = bridge.uplinks().indexOf(uplink.getValue());
                uplinks.put(dpid, position, uplink.getValue(), uplink.getKey().slot());
            }
        }

        private void put(Attachment attachment) throws SQLException {
            Vnic vnic = attachment.vnic();
            PortRef port = vnic.place().port();
            vnics.put(
                    vnic.id().text(),
                    vnic.place().bridge().toString(),
                    port instanceof PortRef.ByName named ? named.name() : null,
                    port instanceof PortRef.ByNumber numbered ? Integer.toUnsignedLong(numbered.number()) : null,
                    vnic.mac().toString(),
                    vnic.portGroup().text(),
                    vnic.source().name().toLowerCase(Locale.ROOT),
                    attachment.slot(),
                    attachment.pin().slot(),
                    attachment.revision());
        }
    }

    /** @throws StoreUnusable when a row is damaged, or when the rows contradict each other */
    static Topology read(Connection connection) throws SQLException, StoreUnusable {
        List<Table.Row> meta = META.read(connection);
        if (meta.size() != 1) {
            throw new StoreUnusable("table meta has " + meta.size() + " rows instead of one");
        }
        List<StoredPortGroup> portGroups = new ArrayList<>();
        for (Table.Row row : counted(PORT_GROUP.read(connection), meta.get(0), "port_groups")) {
            portGroups.add(read(row, TopologyTables::portGroup));
        }
        Map<String, List<Table.Row>> uplinks = new TreeMap<>();
        for (Table.Row row : UPLINK.read(connection)) {
            uplinks.computeIfAbsent(row.text("bridge"), bridge -> new ArrayList<>())
                    .add(row);
        }
        List<ManagedBridge> bridges = new ArrayList<>();
        for (Table.Row row : counted(BRIDGE.read(connection), meta.get(0), "bridges")) {
            List<Table.Row> itsUplinks = counted(uplinks.getOrDefault(row.text("dpid"), List.of()), row, "uplinks");
            bridges.add(read(row, stored -> bridge(stored, itsUplinks)));
        }
        List<Attachment> attachments = new ArrayList<>();
        for (Table.Row row : counted(VNIC.read(connection), meta.get(0), "vnics")) {
            attachments.add(read(row, TopologyTables::attachment));
        }
        try {
            return Topology.restore(meta.get(0).number("revision"), portGroups, bridges, attachments);
        } catch (IllegalStateException contradiction) {
            throw new StoreUnusable("its rows contradict each other: " + contradiction.getMessage(), contradiction);
        }
    }

    private static List<Table.Row> counted(List<Table.Row> rows, Table.Row counter, String column)
            throws StoreUnusable {
        if (rows.size() != counter.number(column)) {
            throw new StoreUnusable(counter + ": it counts " + counter.number(column) + " " + column + ", and "
                    + rows.size() + " are there");
        }
        return rows;
    }

    private interface Reader<T> {
        T read(Table.Row row);
    }

    private static <T> T read(Table.Row row, Reader<T> reader) throws StoreUnusable {
        try {
            return reader.read(row);
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw new StoreUnusable(row + ": " + wrong.getMessage(), wrong);
        }
    }

    private static StoredPortGroup portGroup(Table.Row row) {
        VlanMode vlan = row.optionalText("vlan_id").isPresent()
                ? new VlanMode.Access(new VlanId((int) row.number("vlan_id")))
                : new VlanMode.Untagged();
        return new StoredPortGroup(new PortGroup(new PortGroupName(row.text("name")), vlan), row.number("revision"));
    }

    /** @param uplinks by their position */
    private static ManagedBridge bridge(Table.Row row, List<Table.Row> uplinks) {
        SortedMap<UplinkPin, String> bySlot = new TreeMap<>();
        for (Table.Row uplink : uplinks) {
            bySlot.put(new UplinkPin((int) uplink.number("slot")), uplink.text("name"));
        }
        List<String> inOrder =
                uplinks.stream().map(uplink -> uplink.text("name")).toList();
        Bridge bridge = new Bridge(DatapathId.parse(row.text("dpid")), row.text("name"), inOrder);
        return new ManagedBridge(bridge, bySlot, row.number("revision"));
    }

    private static Attachment attachment(Table.Row row) {
        PortRef port = row.optionalText("port_name")
                .<PortRef>map(PortRef.ByName::new)
                .orElseGet(() -> new PortRef.ByNumber((int) row.number("port_number")));
        Vnic vnic = new Vnic(
                new VnicId(row.text("id")),
                new Place(DatapathId.parse(row.text("bridge")), port),
                MacAddress.parse(row.text("mac")),
                new PortGroupName(row.text("port_group")),
                Vnic.Source.valueOf(row.text("source").toUpperCase(Locale.ROOT)));
        return new Attachment(
                vnic, (int) row.number("slot"), new UplinkPin((int) row.number("uplink_slot")), row.number("revision"));
    }
}

package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Scope;
import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The topology's facts as rows, there and back. */
final class TopologyTables {
    private static final long META_ID = 1;
    private static final Table META =
            new Table("meta", "id", "revision", "port_groups", "bridges", "vnics", "addresses");
    private static final Table PORT_GROUP = new Table(
            "port_group",
            "name",
            "vlan_mode",
            "vlan_ids",
            "promiscuous_mode",
            "mac_address_changes",
            "forged_transmits",
            "teaming",
            "notify_switches",
            "announce",
            "link_local_control",
            "revision");
    private static final Table BRIDGE = new Table(
            "bridge",
            "dpid",
            "name",
            "uplinks",
            "promiscuous_mode",
            "mac_address_changes",
            "forged_transmits",
            "teaming",
            "notify_switches",
            "ovsdb",
            "revision");
    private static final Table UPLINK = new Table("uplink", "bridge", "position", "name", "slot", "up");
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
            "home_slot",
            "former_slot",
            "placement",
            "placement_revision",
            "second_seat",
            "promiscuous_mode",
            "mac_address_changes",
            "forged_transmits",
            "allowed_macs",
            "addresses",
            "multicast_router",
            "filter_mac",
            "filter_promiscuous",
            "filter_all_multicast",
            "filter_multicast",
            "filter_unicast",
            "filter_vlans",
            "revision");
    private static final Table ADDRESS = new Table("address", "id", "bridge", "number", "scope", "vlan_id", "mac");

    private static final Table ANNOUNCED = new Table("announced", "bridge", "revision");

    private TopologyTables() {}

    /** Writes what differs from the topology that the rows hold so far. */
    static final class Writer {
        private final Table.Writer meta;
        private final Table.Writer portGroups;
        private final Table.Writer bridges;
        private final Table.Writer uplinks;
        private final Table.Writer vnics;
        private final Table.Writer addresses;
        private final Table.Writer announced;

        Writer(Connection connection) throws SQLException {
            meta = META.writer(connection);
            portGroups = PORT_GROUP.writer(connection);
            bridges = BRIDGE.writer(connection);
            uplinks = UPLINK.writer(connection);
            vnics = VNIC.writer(connection);
            addresses = ADDRESS.writer(connection);
            announced = ANNOUNCED.writer(connection);
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
            for (AddressNumber number : touched.addresses()) {
                Optional<SharedAddress> address =
                        after.switchboard(number.bridge()).address(number.number());
                if (address.isPresent()) {
                    put(number, address.get());
                } else {
                    addresses.delete(number.toString());
                }
            }
            meta.put(
                    META_ID,
                    after.revision(),
                    after.portGroups().size(),
                    after.bridges().size(),
                    after.attachments().size(),
                    after.occupiedBridges().stream()
                            .mapToInt(
                                    dpid -> after.switchboard(dpid).addresses().size())
                            .sum());
        }

        /** Up to which revision each bridge's vNICs have been announced. */
        void write(Map<DatapathId, Long> revisions) throws SQLException {
            for (Map.Entry<DatapathId, Long> revision : revisions.entrySet()) {
                announced.put(revision.getKey().toString(), revision.getValue());
            }
        }

        private void put(StoredPortGroup stored) throws SQLException {
            PortGroup portGroup = stored.portGroup();
            SecurityPolicy security = portGroup.security();
            portGroups.put(
                    portGroup.name().text(),
                    PolicyText.mode(portGroup.vlan()),
                    portGroup.vlan() instanceof VlanMode.Untagged
                            ? null
                            : portGroup.vlan().vlans().toString(),
                    PolicyText.of(security.promiscuousMode()),
                    PolicyText.of(security.macAddressChanges()),
                    PolicyText.of(security.forgedTransmits()),
                    portGroup.teaming().map(PolicyText::of).orElse(null),
                    portGroup.notifySwitches().map(Writer::number).orElse(null),
                    AnnounceText.of(portGroup.announce()),
                    number(portGroup.allowLinkLocalControl()),
                    stored.revision());
        }

        private static int number(boolean flag) {
            return flag ? 1 : 0;
        }

        private void put(ManagedBridge stored) throws SQLException {
            Bridge bridge = stored.bridge();
            SecurityPolicy security = bridge.security();
            String dpid = bridge.dpid().toString();
            bridges.put(
                    dpid,
                    bridge.name(),
                    bridge.uplinks().size(),
                    PolicyText.of(security.promiscuousMode()),
                    PolicyText.of(security.macAddressChanges()),
                    PolicyText.of(security.forgedTransmits()),
                    bridge.teaming().map(PolicyText::of).orElse(null),
                    bridge.notifySwitches().map(Writer::number).orElse(null),
                    bridge.origin() instanceof Origin.Ovsdb ovsdb
                            ? ovsdb.database().toString()
                            : null,
                    stored.revision());
            for (Map.Entry<UplinkPin, String> uplink : stored.uplinks().entrySet()) {
                int position = bridge.uplinks().indexOf(uplink.getValue());
                uplinks.put(
                        dpid,
                        position,
                        uplink.getValue(),
                        uplink.getKey().slot(),
                        number(stored.isUp(uplink.getKey())));
            }
        }

        private void put(Attachment attachment) throws SQLException {
            Vnic vnic = attachment.vnic();
            PortRef port = vnic.place().port();
            SecurityPolicy security = vnic.security();
            Optional<RxFilter> filter = attachment.rxFilter();
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
                    attachment.home().slot(),
                    attachment.former().map(UplinkPin::slot).orElse(null),
                    attachment.placement().cause().name().toLowerCase(Locale.ROOT),
                    attachment.placement().revision(),
                    attachment.second().map(SeatText::of).orElse(null),
                    PolicyText.of(security.promiscuousMode()),
                    PolicyText.of(security.macAddressChanges()),
                    PolicyText.of(security.forgedTransmits()),
                    PolicyText.of(vnic.allowedMacs()),
                    AnnounceText.of(vnic.addresses()),
                    number(vnic.multicastRouter()),
                    filter.map(known -> known.mac().toString()).orElse(null),
                    filter.map(known -> number(known.promiscuous())).orElse(null),
                    filter.map(known -> number(known.allMulticast())).orElse(null),
                    filter.map(known -> PolicyText.of(known.multicast())).orElse(null),
                    filter.map(known -> PolicyText.of(known.unicast())).orElse(null),
                    filter.flatMap(RxFilter::vlans).map(VlanSet::toString).orElse(null),
                    attachment.revision());
        }

        private void put(AddressNumber number, SharedAddress address) throws SQLException {
            addresses.put(
                    number.toString(),
                    number.bridge().toString(),
                    number.number(),
                    address.within() instanceof Scope.OfVlan ? "vlan" : "class",
                    address.within().index(),
                    address.mac().toString());
        }
    }

    /** Up to which revision each bridge's vNICs have been announced. */
    static Map<DatapathId, Long> announced(Connection connection) throws SQLException, StoreUnusable {
        Map<DatapathId, Long> revisions = new TreeMap<>();
        for (Table.Row row : ANNOUNCED.read(connection)) {
            revisions.put(read(row, stored -> DatapathId.parse(stored.text("bridge"))), row.number("revision"));
        }
        return revisions;
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
        Map<AddressNumber, SharedAddress> addresses = new TreeMap<>();
        for (Table.Row row : counted(ADDRESS.read(connection), meta.get(0), "addresses")) {
            addresses.put(read(row, TopologyTables::number), read(row, TopologyTables::address));
        }
        try {
            return Topology.restore(meta.get(0).number("revision"), portGroups, bridges, attachments, addresses);
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
        PortGroup portGroup = new PortGroup(
                new PortGroupName(row.text("name")),
                PolicyText.vlan(row.text("vlan_mode"), row.optionalText("vlan_ids")),
                security(row),
                row.optionalText("teaming").map(PolicyText::teaming),
                flag(row, "notify_switches"),
                AnnounceText.policy(row.text("announce")),
                flag(row, "link_local_control").orElseThrow());
        return new StoredPortGroup(portGroup, row.number("revision"));
    }

    private static SecurityPolicy security(Table.Row row) {
        return new SecurityPolicy(
                row.optionalText("promiscuous_mode").map(PolicyText::setting),
                row.optionalText("mac_address_changes").map(PolicyText::setting),
                row.optionalText("forged_transmits").map(PolicyText::setting));
    }

    private static Optional<Boolean> flag(Table.Row row, String column) {
        return row.optionalText(column).map(text -> !text.equals("0"));
    }

    /** @param uplinks by their position */
    private static ManagedBridge bridge(Table.Row row, List<Table.Row> uplinks) {
        SortedMap<UplinkPin, String> bySlot = new TreeMap<>();
        SortedSet<UplinkPin> down = new TreeSet<>();
        for (Table.Row uplink : uplinks) {
            UplinkPin pin = new UplinkPin((int) uplink.number("slot"));
            bySlot.put(pin, uplink.text("name"));
            if (!flag(uplink, "up").orElseThrow()) {
                down.add(pin);
            }
        }
        List<String> inOrder =
                uplinks.stream().map(uplink -> uplink.text("name")).toList();
        Bridge bridge = new Bridge(
                DatapathId.parse(row.text("dpid")),
                row.text("name"),
                inOrder,
                security(row),
                row.optionalText("teaming").map(PolicyText::teaming),
                flag(row, "notify_switches"),
                row.optionalText("ovsdb")
                        .<Origin>map(database -> new Origin.Ovsdb(UUID.fromString(database)))
                        .orElse(Origin.REST));
        return new ManagedBridge(bridge, bySlot, down, row.number("revision"));
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
                Vnic.Source.valueOf(row.text("source").toUpperCase(Locale.ROOT)),
                security(row),
                PolicyText.macs(row.text("allowed_macs")),
                AnnounceText.addresses(row.text("addresses")),
                flag(row, "multicast_router").orElseThrow());
        return new Attachment(
                vnic,
                (int) row.number("slot"),
                new UplinkPin((int) row.number("uplink_slot")),
                new UplinkPin((int) row.number("home_slot")),
                row.optionalText("former_slot").map(slot -> new UplinkPin(Integer.parseInt(slot))),
                new Placement(
                        Placement.Cause.valueOf(row.text("placement").toUpperCase(Locale.ROOT)),
                        row.number("placement_revision")),
                row.optionalText("filter_mac").map(mac -> filter(MacAddress.parse(mac), row)),
                row.optionalText("second_seat").map(SeatText::seat),
                row.number("revision"));
    }

    private static RxFilter filter(MacAddress mac, Table.Row row) {
        return new RxFilter(
                mac,
                flag(row, "filter_promiscuous").orElseThrow(),
                flag(row, "filter_all_multicast").orElseThrow(),
                PolicyText.macs(row.text("filter_multicast")),
                PolicyText.macs(row.text("filter_unicast")),
                row.optionalText("filter_vlans").map(PolicyText::vlans));
    }

    private static AddressNumber number(Table.Row row) {
        return new AddressNumber(DatapathId.parse(row.text("bridge")), (int) row.number("number"));
    }

    private static SharedAddress address(Table.Row row) {
        VlanId vlan = new VlanId((int) row.number("vlan_id"));
        Scope within = row.text("scope").equals("vlan") ? new Scope.OfVlan(vlan) : new Scope.OfClass(vlan);
        return new SharedAddress(within, MacAddress.parse(row.text("mac")));
    }
}

package io.plugboard.controller.source;

import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** A host's database, as a test writes it. */
final class Host {
    private final UUID database;
    private final Map<String, BridgeRow> bridges = new TreeMap<>();
    private final Map<String, Plugged> plugged = new TreeMap<>();
    private int rows;

    private record Plugged(String bridge, PortRow port, InterfaceRow row) {}

    Host(int number) {
        database = new UUID(number, 0);
    }

    UUID database() {
        return database;
    }

    private UUID nextRow() {
        rows++;
        return new UUID(database.getMostSignificantBits(), rows);
    }

    Host bridge(String name, long dpid, String... keys) {
        BridgeRow row = new BridgeRow(
                nextRow(),
                name,
                Optional.of(new DatapathId(dpid).toString()),
                List.of(),
                List.of(),
                Optional.of("secure"),
                Set.of(),
                map(keys),
                Map.of("disable-in-band", "true"));
        bridges.put(name, row);
        return this;
    }

    Host managed(String name, long dpid) {
        return bridge(name, dpid, Keys.MANAGED, "true");
    }

    /** As while ovs-vswitchd starts. */
    Host withoutDatapathIds() {
        bridges.replaceAll((name, row) -> new BridgeRow(
                row.uuid(),
                name,
                Optional.empty(),
                row.ports(),
                row.controllers(),
                row.failMode(),
                row.protocols(),
                row.externalIds(),
                row.otherConfig()));
        return this;
    }

    Host mark(String bridge, String... keys) {
        bridges.computeIfPresent(
                bridge,
                (name, row) -> new BridgeRow(
                        row.uuid(),
                        name,
                        row.datapathId(),
                        row.ports(),
                        row.controllers(),
                        row.failMode(),
                        row.protocols(),
                        map(keys),
                        row.otherConfig()));
        return this;
    }

    Host withController(String bridge) {
        bridges.computeIfPresent(
                bridge,
                (name, row) -> new BridgeRow(
                        row.uuid(),
                        name,
                        row.datapathId(),
                        row.ports(),
                        List.of(new UUID(0, 1)),
                        row.failMode(),
                        row.protocols(),
                        row.externalIds(),
                        row.otherConfig()));
        return this;
    }

    /** As ovs-vsctl add-br makes one. */
    Host asItComes(String bridge) {
        bridges.computeIfPresent(
                bridge,
                (name, row) -> new BridgeRow(
                        row.uuid(),
                        name,
                        row.datapathId(),
                        row.ports(),
                        row.controllers(),
                        Optional.empty(),
                        row.protocols(),
                        row.externalIds(),
                        Map.of()));
        return this;
    }

    Host removeBridge(String name) {
        bridges.remove(name);
        plugged.values().removeIf(there -> there.bridge.equals(name));
        return this;
    }

    /** A new row, in place of the port's old one if it has one. */
    Host plug(String bridge, String port, String... keys) {
        return plugTagged(bridge, port, Optional.empty(), keys);
    }

    Host plugTagged(String bridge, String port, Optional<Integer> tag, String... keys) {
        InterfaceRow row = new InterfaceRow(
                nextRow(), port, "", Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty(), map(keys));
        PortRow portRow = new PortRow(nextRow(), port, List.of(row.uuid()), tag, Set.of(), Optional.empty(), Map.of());
        plugged.put(port, new Plugged(bridge, portRow, row));
        return this;
    }

    /** Another port with the same row. */
    Host plugAgain(String bridge, String port) {
        InterfaceRow row = Objects.requireNonNull(plugged.get(port)).row;
        PortRow second = new PortRow(
                nextRow(), port + "-2", List.of(row.uuid()), Optional.empty(), Set.of(), Optional.empty(), Map.of());
        plugged.put(port + "-2", new Plugged(bridge, second, row));
        return this;
    }

    /** A new row for vNIC {@code vm-N}, whose MAC ends in N. */
    Host vnic(String bridge, String port, int number, String... more) {
        List<String> keys = new ArrayList<>(List.of(Keys.IFACE_ID, "vm-" + number, Keys.ATTACHED_MAC, mac(number)));
        keys.addAll(List.of(more));
        return plug(bridge, port, keys.toArray(String[]::new));
    }

    static String mac(int number) {
        return String.format("52:54:00:00:00:%02x", number);
    }

    /** The same row with other keys; a key whose value is empty is taken away. */
    Host set(String port, String... keys) {
        plugged.computeIfPresent(port, (name, there) -> {
            Map<String, String> all = new HashMap<>(there.row.externalIds());
            map(keys).forEach((key, value) -> {
                if (value.isEmpty()) {
                    all.remove(key);
                } else {
                    all.put(key, value);
                }
            });
            InterfaceRow row = there.row;
            return new Plugged(
                    there.bridge,
                    there.port,
                    new InterfaceRow(
                            row.uuid(),
                            row.name(),
                            row.type(),
                            row.ofport(),
                            row.ifindex(),
                            row.macInUse(),
                            row.error(),
                            all));
        });
        return this;
    }

    Host unplug(String port) {
        plugged.remove(port);
        return this;
    }

    boolean has(String port) {
        return plugged.containsKey(port);
    }

    UUID row(String port) {
        return plugged.get(port).row.uuid();
    }

    private static Map<String, String> map(String... keys) {
        Map<String, String> map = new HashMap<>();
        for (int index = 0; index < keys.length; index += 2) {
            map.put(keys[index], keys[index + 1]);
        }
        return map;
    }

    Snapshot snapshot() {
        PMap<UUID, BridgeRow> bridgeRows = HashTreePMap.empty();
        PMap<UUID, PortRow> ports = HashTreePMap.empty();
        PMap<UUID, InterfaceRow> interfaces = HashTreePMap.empty();
        for (BridgeRow row : bridges.values()) {
            List<UUID> itsPorts = plugged.values().stream()
                    .filter(there -> there.bridge.equals(row.name()))
                    .map(there -> there.port.uuid())
                    .sorted()
                    .toList();
            bridgeRows = bridgeRows.plus(
                    row.uuid(),
                    new BridgeRow(
                            row.uuid(),
                            row.name(),
                            row.datapathId(),
                            itsPorts,
                            row.controllers(),
                            row.failMode(),
                            row.protocols(),
                            row.externalIds(),
                            row.otherConfig()));
        }
        for (Plugged there : plugged.values()) {
            ports = ports.plus(there.port.uuid(), there.port);
            interfaces = interfaces.plus(there.row.uuid(), there.row);
        }
        return new Snapshot(new OpenVSwitchRow(database, Map.of(), "3.1.0"), bridgeRows, ports, interfaces);
    }
}

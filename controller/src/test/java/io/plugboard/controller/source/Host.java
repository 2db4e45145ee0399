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
    private static final String SECURE = "secure";
    private static final Map<String, String> OUT_OF_BAND = Map.of("disable-in-band", "true");

    private final UUID database;
    private final Map<String, Bridge> bridges = new TreeMap<>();
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

    private static final class Bridge {
        private final UUID uuid;
        private Optional<String> datapathId;
        private List<UUID> controllers = List.of();
        private Optional<String> failMode = Optional.of(SECURE);
        private Map<String, String> externalIds;
        private Map<String, String> otherConfig = OUT_OF_BAND;

        Bridge(UUID uuid, DatapathId dpid, Map<String, String> externalIds) {
            this.uuid = uuid;
            this.datapathId = Optional.of(dpid.toString());
            this.externalIds = externalIds;
        }

        BridgeRow row(String name, List<UUID> ports) {
            return new BridgeRow(
                    uuid, name, datapathId, ports, controllers, failMode, Set.of(), externalIds, otherConfig);
        }
    }

    Host bridge(String name, long dpid, String... keys) {
        bridges.put(name, new Bridge(nextRow(), new DatapathId(dpid), map(keys)));
        return this;
    }

    Host managed(String name, long dpid) {
        return bridge(name, dpid, Keys.MANAGED, "true");
    }

    private Bridge named(String name) {
        return Objects.requireNonNull(bridges.get(name));
    }

    /** As while ovs-vswitchd starts. */
    Host withoutDatapathIds() {
        bridges.values().forEach(bridge -> bridge.datapathId = Optional.empty());
        return this;
    }

    Host mark(String bridge, String... keys) {
        named(bridge).externalIds = map(keys);
        return this;
    }

    Host withController(String bridge) {
        named(bridge).controllers = List.of(new UUID(0, 1));
        return this;
    }

    /** As ovs-vsctl add-br makes one. */
    Host asItComes(String bridge) {
        named(bridge).failMode = Optional.empty();
        named(bridge).otherConfig = Map.of();
        return this;
    }

    /** With one of its settings as it must not be. */
    Host learning(String bridge) {
        corrected(bridge);
        named(bridge).failMode = Optional.empty();
        return this;
    }

    Host corrected(String bridge) {
        named(bridge).failMode = Optional.of(SECURE);
        named(bridge).otherConfig = OUT_OF_BAND;
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
        for (Map.Entry<String, Bridge> bridge : bridges.entrySet()) {
            List<UUID> itsPorts = plugged.values().stream()
                    .filter(there -> there.bridge.equals(bridge.getKey()))
                    .map(there -> there.port.uuid())
                    .sorted()
                    .toList();
            bridgeRows =
                    bridgeRows.plus(bridge.getValue().uuid, bridge.getValue().row(bridge.getKey(), itsPorts));
        }
        for (Plugged there : plugged.values()) {
            ports = ports.plus(there.port.uuid(), there.port);
            interfaces = interfaces.plus(there.row.uuid(), there.row);
        }
        return new Snapshot(new OpenVSwitchRow(database, Map.of(), "3.1.0"), bridgeRows, ports, interfaces);
    }
}

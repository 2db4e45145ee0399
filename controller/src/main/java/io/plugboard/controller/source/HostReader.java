package io.plugboard.controller.source;

import io.plugboard.controller.source.HostView.Reading;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes of a host's database what it says. A row that cannot be read is a problem that names it, and costs nothing else. What
 * has not changed since the last time is not read again.
 */
final class HostReader {
    private final InterfaceReader interfaces;
    private final Adoption adoption;

    HostReader(RxFilterReader filters, Adoption adoption) {
        this.adoption = adoption;
        interfaces = new InterfaceReader(filters);
    }

    /** @param before what the same host's database said last */
    HostView read(Snapshot snapshot, Optional<HostView> before) {
        UUID database = snapshot.root().uuid();
        Map<DatapathId, BridgeSaid> bridges = new HashMap<>();
        Map<UUID, Reading> readings = new HashMap<>();
        Set<String> unborn = new HashSet<>();
        List<BridgeRow> rows = snapshot.bridges().values().stream()
                .sorted(Comparator.<BridgeRow, Boolean>comparing(
                                row -> said(before, row).isEmpty())
                        .thenComparing(row -> !"true".equals(row.externalIds().get(Keys.MANAGED)))
                        .thenComparing(BridgeRow::name)
                        .thenComparing(BridgeRow::uuid))
                .toList();
        for (BridgeRow row : rows) {
            Optional<DatapathId> dpid = datapathId(row, before);
            String name = ExternalIds.name(row.name());
            if (dpid.isEmpty()) {
                unborn.add(row.name());
            } else if (bridges.containsKey(dpid.get())) {
                unborn.add(row.name());
                bridges.computeIfPresent(
                        dpid.get(),
                        (id, first) ->
                                first.withProblem("bridge " + name + " has the same datapath id, and is left out:"
                                        + " ovs-vsctl set bridge " + name + " other_config:datapath-id=…"));
            } else {
                bridges.put(dpid.get(), read(row, dpid.get(), snapshot, before, readings));
            }
        }
        String hostName = Optional.ofNullable(snapshot.root().externalIds().get("hostname"))
                .orElseGet(database::toString);
        return new HostView(database, hostName, bridges, unborn, readings);
    }

    /** What was said of this bridge before: it keeps its id when another one comes that has the same. */
    private static Optional<BridgeSaid> said(Optional<HostView> before, BridgeRow row) {
        return before.stream()
                .flatMap(view -> view.bridges().values().stream())
                .filter(said -> said.row().uuid().equals(row.uuid()))
                .findAny();
    }

    /** The column may be empty while ovs-vswitchd starts: a bridge that had an id has it still. */
    private static Optional<DatapathId> datapathId(BridgeRow row, Optional<HostView> before) {
        Optional<DatapathId> now = row.datapathId().flatMap(HostReader::parsed);
        return now.or(() -> said(before, row).map(BridgeSaid::dpid));
    }

    private static Optional<DatapathId> parsed(String text) {
        try {
            return Optional.of(DatapathId.parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private BridgeSaid read(
            BridgeRow bridge,
            DatapathId dpid,
            Snapshot snapshot,
            Optional<HostView> before,
            Map<UUID, Reading> readings) {
        String name = ExternalIds.name(bridge.name());
        TreeSet<String> uplinks = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        for (UUID portId : bridge.ports()) {
            PortRow port = snapshot.ports().get(portId);
            if (port != null) {
                for (UUID interfaceId : port.interfaces()) {
                    InterfaceRow row = snapshot.interfaces().get(interfaceId);
                    if (row != null) {
                        Reading reading =
                                read(snapshot.root().uuid(), new InterfaceSource(row, port, dpid), name, before);
                        readings.put(interfaceId, reading);
                        Optional<String> uplink = reading.uplink();
                        if (uplink.isPresent() && !uplinks.add(uplink.get())) {
                            problems.add("bridge " + name + ", port " + uplink.get()
                                    + ": it is marked as an uplink in more than one port");
                        }
                        problems.addAll(reading.problems());
                    }
                }
            }
        }
        if (uplinks.size() > Bridge.MAX_UPLINKS) {
            problems.add("bridge " + name + ": " + uplinks.size() + " ports have " + Keys.UPLINK + ", and the first "
                    + Bridge.MAX_UPLINKS + " are used");
        }
        BridgeKeys keys = BridgeKeys.read(
                new ExternalIds(bridge.externalIds()),
                adoption,
                reason -> problems.add("bridge " + name + ": " + reason));
        problems.sort(Comparator.naturalOrder());
        List<String> used = uplinks.stream().limit(Bridge.MAX_UPLINKS).toList();
        return new BridgeSaid(snapshot.root().uuid(), dpid, bridge, keys, used, problems);
    }

    private Reading read(UUID database, InterfaceSource source, String bridge, Optional<HostView> before) {
        UUID row = source.row().uuid();
        return before.map(view -> view.readings().get(row))
                .filter(reading -> reading.source().equals(source))
                .orElseGet(() -> interfaces.read(database, source, bridge));
    }
}

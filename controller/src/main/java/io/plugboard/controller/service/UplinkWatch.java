package io.plugboard.controller.service;

import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.controller.reconcile.SwitchEvents;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.UplinkSettled;
import io.plugboard.topology.change.TopologyChange.UplinkStateChanged;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.TeamingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the topology which uplinks have their link, so that vNICs are pinned to those that have. It stands between the
 * switches and whoever else hears of them, and hands everything on first. What it reports is what it sees when the report's
 * turn comes: one that could not be stored is made again.
 */
public final class UplinkWatch implements SwitchEvents, TopologyListener {
    private static final Logger log = LoggerFactory.getLogger(UplinkWatch.class);

    private final SwitchEvents next;
    private final ScheduledExecutorService timer;
    private final UnattendedChanges unattended;
    private final Map<DatapathId, Seen> seen = new HashMap<>();
    private volatile Optional<TopologyService> service = Optional.empty();

    /** What a connected bridge has, and for each port with a link the one time that it came up. */
    private static final class Seen {
        private final SwitchConnection session;
        private Observed ports = Observed.NO_PORTS;
        private final Map<String, Object> ups = new HashMap<>();

        Seen(SwitchConnection session) {
            this.session = session;
        }
    }

    public UplinkWatch(SwitchEvents next, ScheduledExecutorService timer) {
        this.next = next;
        this.timer = timer;
        unattended = new UnattendedChanges(timer);
    }

    /** Must be called before the first switch connects. */
    public void reportTo(TopologyService topologyService) {
        service = Optional.of(topologyService);
    }

    @Override
    public void connected(SwitchConnection connection, Observed ports) {
        next.connected(connection, ports);
        synchronized (this) {
            seen.put(connection.datapathId(), new Seen(connection));
        }
        look(connection, ports);
    }

    @Override
    public void portPut(SwitchConnection connection, Observed.Port port) {
        next.portPut(connection, port);
        ports(connection).ifPresent(before -> look(connection, before.with(port)));
    }

    @Override
    public void portGone(SwitchConnection connection, int number) {
        next.portGone(connection, number);
        ports(connection).ifPresent(before -> look(connection, before.without(number)));
    }

    @Override
    public void disconnected(SwitchConnection connection, String reason) {
        next.disconnected(connection, reason);
        synchronized (this) {
            current(connection).ifPresent(there -> seen.remove(connection.datapathId()));
        }
    }

    private synchronized Optional<Seen> current(SwitchConnection connection) {
        return Optional.ofNullable(seen.get(connection.datapathId())).filter(there -> there.session.equals(connection));
    }

    private synchronized Optional<Observed> ports(SwitchConnection connection) {
        return current(connection).map(there -> there.ports);
    }

    private void look(SwitchConnection connection, Observed ports) {
        DatapathId dpid = connection.datapathId();
        synchronized (this) {
            current(connection).ifPresent(there -> {
                there.ports = ports;
                Set<String> up = new TreeSet<>();
                ports.ports().values().stream().filter(Observed.Port::linkUp).forEach(port -> up.add(port.name()));
                there.ups.keySet().retainAll(up);
                up.stream()
                        .filter(name -> !there.ups.containsKey(name))
                        .forEach(name -> there.ups.put(name, settleLater(dpid, name)));
            });
        }
        report(dpid);
    }

    /** @return what stands for this time that the port came up */
    private Object settleLater(DatapathId dpid, String port) {
        Object time = new Object();
        service.map(TopologyService::topology)
                .filter(topology -> isUplink(topology, dpid, port))
                .ifPresent(topology -> delays(topology, dpid)
                        .forEach(delay -> timer.schedule(
                                () -> settled(dpid, port, time, delay), delay.toMillis(), TimeUnit.MILLISECONDS)));
        return time;
    }

    private static boolean isUplink(Topology topology, DatapathId dpid, String port) {
        return topology.bridge(dpid).flatMap(bridge -> bridge.pinOf(port)).isPresent();
    }

    /** Every failback delay that some vNIC of the bridge may have. */
    private static Set<Duration> delays(Topology topology, DatapathId dpid) {
        Set<Duration> delays = new TreeSet<>();
        Stream.concat(
                        topology.bridge(dpid).flatMap(bridge -> bridge.bridge().teaming()).stream(),
                        topology.portGroups().values().stream()
                                .map(StoredPortGroup::portGroup)
                                .flatMap(portGroup -> portGroup.teaming().stream()))
                .filter(TeamingPolicy::failback)
                .forEach(policy -> delays.add(policy.failbackDelay()));
        delays.add(TeamingPolicy.DEFAULT_FAILBACK_DELAY);
        return delays;
    }

    private void settled(DatapathId dpid, String uplink, Object time, Duration upFor) {
        change(dpid, current -> isUpSince(dpid, uplink, time) ? settling(current, dpid, uplink, upFor) : List.of());
    }

    private synchronized boolean isUpSince(DatapathId dpid, String uplink, Object time) {
        Seen there = seen.get(dpid);
        return there != null && time.equals(there.ups.get(uplink));
    }

    /** The topology may not have been told yet that the uplink is up, and would not have anybody return to it. */
    private List<TopologyChange> settling(Topology topology, DatapathId dpid, String uplink, Duration upFor) {
        if (!isUplink(topology, dpid, uplink)) {
            return List.of();
        }
        List<TopologyChange> changes = changes(topology, dpid);
        changes.add(new UplinkSettled(dpid, uplink, upFor));
        return changes;
    }

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        touched.bridges().forEach(this::report);
    }

    private void report(DatapathId dpid) {
        List<TopologyChange> differences = service.map(TopologyService::topology)
                .map(topology -> changes(topology, dpid))
                .orElse(List.of());
        differences.forEach(difference -> tell(dpid, difference));
        if (!differences.isEmpty()) {
            change(dpid, current -> changes(current, dpid));
        }
    }

    private static void tell(DatapathId dpid, TopologyChange change) {
        if (change instanceof UplinkStateChanged state && state.up()) {
            log.info("bridge {}: uplink {} is up", dpid, state.uplink());
        } else if (change instanceof UplinkStateChanged state) {
            log.warn("bridge {}: uplink {} is down", dpid, state.uplink());
        }
    }

    /** What of the uplinks is not as it was last seen; nothing while the bridge is not connected. */
    private synchronized List<TopologyChange> changes(Topology topology, DatapathId dpid) {
        List<TopologyChange> changes = new ArrayList<>();
        Seen there = seen.get(dpid);
        Optional<ManagedBridge> bridge = topology.bridge(dpid);
        if (there != null && bridge.isPresent()) {
            bridge.get().uplinks().forEach((pin, name) -> {
                boolean up = there.ports
                        .port(new PortRef.ByName(name))
                        .map(Observed.Port::linkUp)
                        .orElse(false);
                if (up != bridge.get().isUp(pin)) {
                    changes.add(new UplinkStateChanged(dpid, name, up));
                }
            });
        }
        return changes;
    }

    private void change(DatapathId dpid, TopologyService.Change change) {
        service.ifPresent(there -> unattended.make(
                there,
                "link state of bridge " + dpid,
                change,
                refused -> log.warn("bridge {}: the state of its uplinks could not be applied", dpid, refused)));
    }

    @Override
    public void complained(SwitchConnection connection, String error) {
        next.complained(connection, error);
    }

    @Override
    public void packetIn(SwitchConnection connection, PacketIn packet) {
        next.packetIn(connection, packet);
    }

    @Override
    public void handshakeFailed(String address, String reason) {
        next.handshakeFailed(address, reason);
    }

    @Override
    public void duplicateRefused(DatapathId dpid, String address) {
        next.duplicateRefused(dpid, address);
    }
}

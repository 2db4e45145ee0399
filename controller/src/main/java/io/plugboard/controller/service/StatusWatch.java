package io.plugboard.controller.service;

import io.plugboard.controller.observe.BridgeWatch;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.reconcile.BridgeListener;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Watches the statuses of all bridges and vNICs, for whoever follows events and reads metrics. It has to hear of a snapshot
 * before the switches do: so that, when a bridge has a new state, what was touched is known.
 */
public final class StatusWatch implements TopologyListener, BridgeListener {
    private final EventLog events;
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private final Map<DatapathId, BridgeWatch> bridges = new ConcurrentHashMap<>();
    private volatile Topology topology;

    /**
     * @param topology as it was read from the store
     * @param nanoTime as {@link System#nanoTime}
     */
    public StatusWatch(Topology topology, EventLog events, Metrics metrics, LongSupplier nanoTime) {
        this.topology = topology;
        this.events = events;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    private BridgeWatch watch(DatapathId dpid, Topology before) {
        return bridges.computeIfAbsent(dpid, added -> new BridgeWatch(before, added, events, metrics, nanoTime));
    }

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        published(new Origin("nobody", nanoTime.getAsLong()), before, after, touched);
    }

    @Override
    public void published(Origin origin, Topology before, Topology after, Touched touched) {
        // First the snapshot, then what it touched: whoever finds something touched finds the snapshot too.
        touched.bridges().forEach(dpid -> watch(dpid, before));
        placesOf(before, after, touched.vnics()).forEach(dpid -> watch(dpid, before));
        topology = after;
        for (VnicId vnic : touched.vnics()) {
            Optional<DatapathId> old = place(before, vnic);
            Optional<DatapathId> now = place(after, vnic);
            old.ifPresent(dpid -> watch(dpid, before).touch(vnic));
            now.ifPresent(dpid -> {
                if (now.equals(old)) {
                    watch(dpid, before).touch(vnic);
                } else {
                    watch(dpid, before).attach(vnic, origin.askedAt());
                }
            });
        }
        touched.portGroups()
                .forEach(name -> after.members(name)
                        .forEach(vnic -> place(after, vnic)
                                .ifPresent(dpid -> watch(dpid, before).touch(vnic))));
    }

    private static Set<DatapathId> placesOf(Topology before, Topology after, Set<VnicId> vnics) {
        Set<DatapathId> places = new TreeSet<>();
        for (VnicId vnic : vnics) {
            place(before, vnic).ifPresent(places::add);
            place(after, vnic).ifPresent(places::add);
        }
        return places;
    }

    private static Optional<DatapathId> place(Topology topology, VnicId vnic) {
        return topology.attachment(vnic)
                .map(Attachment::vnic)
                .map(there -> there.place().bridge());
    }

    @Override
    public void changed(BridgeState state) {
        DatapathId dpid = state.dpid();
        watch(dpid, topology).look(() -> topology, state);
        if (state.connection().isEmpty() && !isKnown(dpid)) {
            bridges.remove(dpid);
        }
    }

    private boolean isKnown(DatapathId dpid) {
        Topology now = topology;
        return now.bridge(dpid).isPresent() || now.switchboard(dpid).size() > 0;
    }

    @Override
    public void portTouched(DatapathId dpid, Observed.Port port) {
        watch(dpid, topology).touch(port);
    }

    @Override
    public void confirmed(DatapathId dpid, int flowMods, List<Refusal> refusals) {
        metrics.flowModsConfirmed(dpid, flowMods);
        refusals.forEach(refusal -> metrics.switchError(refusal.error()));
    }

    @Override
    public void complained(DatapathId dpid, String error) {
        metrics.switchError(error);
    }
}

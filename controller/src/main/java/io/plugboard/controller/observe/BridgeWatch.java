package io.plugboard.controller.observe;

import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Turns what becomes of one bridge and its vNICs into events and into times. Thread-safe. */
public final class BridgeWatch {
    private final DatapathId dpid;
    private final EventLog events;
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private final StatusChanges statuses;

    /** When somebody asked for the vNICs that have been attached and are not active yet, as the clock counts. */
    private final Map<VnicId, Long> attaching = new HashMap<>();

    /** @param topology before anything was touched */
    public BridgeWatch(Topology topology, DatapathId dpid, EventLog events, Metrics metrics, LongSupplier nanoTime) {
        this.dpid = dpid;
        this.events = events;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        statuses = new StatusChanges(topology, dpid);
    }

    /** The stored facts of this vNIC have changed, or its policy has. */
    public synchronized void touch(VnicId vnic) {
        statuses.touch(vnic);
    }

    /** The vNIC has come here. */
    public synchronized void attach(VnicId vnic, long askedAt) {
        statuses.touch(vnic);
        attaching.put(vnic, askedAt);
    }

    /** In the state that is looked at next, this port came, went or became another one. */
    public synchronized void touch(Observed.Port port) {
        statuses.touch(port);
    }

    /** @param topology gives the newest, which has all that was touched by then */
    public synchronized void look(Supplier<Topology> topology, BridgeState state) {
        StatusReport before = statuses.seen();
        List<VnicChange> changes = statuses.look(topology.get(), state);
        BridgeHealth old = before.health();
        BridgeHealth now = statuses.seen().health();
        if (!now.equals(old)) {
            events.publish("bridgeState", "/bridges/" + dpid, new BridgeChange(dpid, old, now));
        }
        for (VnicChange change : changes) {
            events.publish("vnicStatus", "/vnics/" + change.vnic(), change);
            time(change);
        }
        Optional<Sync> sync = state.lastSync();
        if (sync.isPresent() && isAnother(before.state().lastSync(), sync.get())) {
            metrics.resynced(Duration.ofMillis(sync.get().durationMs()));
        }
    }

    /** One that came to the same is another one all the same. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isAnother(Optional<Sync> before, Sync now) {
        return before.isEmpty() || before.get() != now;
    }

    /** What has to wait for more than the switch's confirmation says nothing of how fast that is. */
    private void time(VnicChange change) {
        Long askedAt = attaching.get(change.vnic());
        if (askedAt != null && change.after().state() == VnicStatus.State.ACTIVE) {
            metrics.attached(Duration.ofNanos(nanoTime.getAsLong() - askedAt));
        }
        if (!statuses.isAwaiting(change.vnic())) {
            attaching.remove(change.vnic());
        }
    }
}

package io.plugboard.controller.source;

import io.plugboard.controller.service.StoreUnavailable;
import io.plugboard.controller.service.TopologyListener;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes changes at once, in memory, and tells whoever listens. */
final class FakeTopologyService implements TopologyService {
    private final List<TopologyListener> listeners = new ArrayList<>();
    private Topology topology = Topology.EMPTY;
    private int failures;

    void tell(TopologyListener listener) {
        listeners.add(listener);
    }

    /** The next one is not stored. */
    synchronized void failOnce() {
        failures++;
    }

    @Override
    public synchronized Topology topology() {
        return topology;
    }

    @Override
    public synchronized CompletionStage<Topology.Applied> change(String who, Change change) {
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedStage(new StoreUnavailable("the disk is full"));
        }
        try {
            Topology before = topology;
            List<TopologyChange> changes = change.decide(before);
            Topology.Applied applied = before.apply(changes);
            topology = applied.topology();
            if (!applied.touched().isEmpty()) {
                listeners.forEach(listener -> listener.published(before, topology, applied.touched()));
            }
            return CompletableFuture.completedStage(applied);
        } catch (Exception refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    @Override
    public void announcedUpTo(DatapathId bridge, long revision) {}
}

package io.plugboard.controller.rest;

import io.plugboard.controller.service.StoreUnavailable;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Vnic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A topology in memory, and a disk that can be made to fail. */
final class FakeTopologyService implements TopologyService {
    private volatile Topology topology = Topology.EMPTY;
    private volatile Optional<Exception> failure = Optional.empty();

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public synchronized CompletionStage<Topology.Applied> change(String who, Change change) {
        try {
            Topology.Applied applied = topology.apply(change.decide(topology));
            if (failure.isPresent()) {
                throw failure.get();
            }
            topology = applied.topology();
            return CompletableFuture.completedStage(applied);
        } catch (Exception refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    void failFromNowOn(String reason) {
        failure = Optional.of(new StoreUnavailable(reason));
    }

    void breakFromNowOn() {
        failure = Optional.of(new IllegalStateException("a secret of the implementation"));
    }

    /** As another source than REST would. */
    void attach(Vnic vnic) throws Exception {
        change(new TopologyChange.VnicAttached(vnic));
    }

    /** As another source than REST would. */
    synchronized void change(TopologyChange change) throws Exception {
        topology = topology.apply(List.of(change)).topology();
    }

    @Override
    public void announcedUpTo(DatapathId bridge, long revision) {}
}

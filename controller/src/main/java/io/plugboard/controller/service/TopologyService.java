package io.plugboard.controller.service;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The single writer: every change of the topology goes through here, one after the other. */
public interface TopologyService {

    /** The newest snapshot that is on disk. */
    Topology topology();

    /**
     * Applies a change, all of it or nothing, and completes when it is on disk and published; exceptionally with
     * {@link ChangeRejected} or what the change itself throws, or with {@link StoreUnavailable}.
     */
    CompletionStage<Topology.Applied> change(Change change);

    /** Decides what to change when its turn has come: preconditions are checked against the snapshot it is given. */
    @FunctionalInterface
    interface Change {
        List<TopologyChange> decide(Topology current) throws Exception;
    }
}

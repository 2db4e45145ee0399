package io.plugboard.controller.service;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The single writer: every change of the topology goes through here, one after the other. */
public interface TopologyService {

    /** The newest snapshot that is on disk. */
    Topology topology();

    /**
     * Applies a change, all of it or nothing, and completes when it is on disk and published; exceptionally with
     * {@link ChangeRejected} or what the change itself throws, or with {@link StoreUnavailable}. A refusal too comes only
     * when everything that the change has seen is on disk.
     *
     * <p>The stage completes on the thread that tells the listeners: what hangs on it hands over and returns.
     *
     * @param who in whose name, for the audit log: such as {@code rest 127.0.0.1}, {@code ovsdb 00000000000000a1}
     */
    CompletionStage<Topology.Applied> change(String who, Change change);

    /**
     * All placements of this bridge's vNICs up to this revision have been announced. It is stored before long, and may be
     * lost until then.
     */
    void announcedUpTo(DatapathId bridge, long revision);

    /** Decides what to change when its turn has come: preconditions are checked against the snapshot it is given. */
    @FunctionalInterface
    interface Change {
        List<TopologyChange> decide(Topology current) throws Exception;
    }
}

package io.plugboard.controller.service;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be asked of the switches. Nothing here blocks; answers about a switch that is gone say so. */
public interface Switches {

    /** Every bridge that was put, that has vNICs, or that is connected, by datapath id. */
    List<BridgeStatus> bridges();

    Optional<BridgeStatus> bridge(DatapathId dpid);

    /** Of a vNIC that is attached. */
    Optional<VnicStatus> vnic(VnicId id);

    /**
     * Completes with the status of this vNIC once the switch has confirmed by barrier what the newest snapshot says of it,
     * or has refused it; with empty when it is detached, or moved to another bridge, first. Cancel it to give up.
     */
    CompletionStage<Optional<VnicStatus>> whenSettled(VnicId id);

    /** Of the destination of a migration that is prepared. */
    Optional<MigrationStatus> migration(VnicId id);

    /**
     * Completes with the status of this vNIC's migration once the destination's switch has confirmed by barrier what the newest
     * snapshot says of it, or has refused it; with empty when it is given up, or activated, first. Cancel it to give up.
     */
    CompletionStage<Optional<MigrationStatus>> whenPrepared(VnicId id);

    /**
     * Counters, at most 2 s old, of the vNICs of this bridge; none while it is not connected. However often it is asked,
     * it costs the switch one request of each kind in that time.
     */
    CompletionStage<Map<VnicId, VnicCounters>> counters(DatapathId dpid);

    /** Desired and installed flows, read back now. */
    CompletionStage<FlowListing> flows(DatapathId dpid);

    /**
     * What would become of this frame, by what the bridge should have; exceptionally {@link IllegalStateException} when that
     * does not say.
     *
     * @param inPort unsigned
     */
    CompletionStage<FrameTrace> trace(DatapathId dpid, int inPort, Frame frame);

    /**
     * Reads back, compares and mends now.
     *
     * @return what it came to; exceptionally {@link io.plugboard.controller.reconcile.ConnectionLost} when the bridge is
     *     not connected
     */
    CompletionStage<Sync> resync(DatapathId dpid);
}

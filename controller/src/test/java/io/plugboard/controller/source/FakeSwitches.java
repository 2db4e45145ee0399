package io.plugboard.controller.source;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.controller.service.FlowListing;
import io.plugboard.controller.service.FrameTrace;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Switches of which only the statuses matter. */
final class FakeSwitches implements Switches {
    private final Map<VnicId, VnicStatus> vnics = new ConcurrentHashMap<>();
    private final Map<VnicId, MigrationStatus> migrations = new ConcurrentHashMap<>();

    void put(VnicId id, VnicStatus status) {
        vnics.put(id, status);
    }

    void put(VnicId id, MigrationStatus status) {
        migrations.put(id, status);
    }

    @Override
    public List<BridgeStatus> bridges() {
        return List.of();
    }

    @Override
    public Optional<BridgeStatus> bridge(DatapathId dpid) {
        return Optional.empty();
    }

    @Override
    public Optional<VnicStatus> vnic(VnicId id) {
        return Optional.ofNullable(vnics.get(id));
    }

    @Override
    public CompletionStage<Optional<VnicStatus>> whenSettled(VnicId id) {
        return CompletableFuture.completedStage(vnic(id));
    }

    @Override
    public Optional<MigrationStatus> migration(VnicId id) {
        return Optional.ofNullable(migrations.get(id));
    }

    @Override
    public CompletionStage<Optional<MigrationStatus>> whenPrepared(VnicId id) {
        return CompletableFuture.completedStage(migration(id));
    }

    @Override
    public CompletionStage<Map<VnicId, VnicCounters>> counters(DatapathId dpid) {
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public CompletionStage<FlowListing> flows(DatapathId dpid) {
        return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<FrameTrace> trace(DatapathId dpid, int inPort, Frame frame) {
        return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<Sync> resync(DatapathId dpid) {
        return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
}

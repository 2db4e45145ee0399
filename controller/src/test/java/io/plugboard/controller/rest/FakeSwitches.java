package io.plugboard.controller.rest;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.controller.service.FlowListing;
import io.plugboard.controller.service.FrameTrace;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Switches that are and answer what a test says. */
final class FakeSwitches implements Switches {
    static final Sync SYNC = new Sync(3, 1, 2, 3, 4, 5, 6);

    private final Supplier<Topology> topology;
    private final Map<DatapathId, BridgeStatus> bridges = new ConcurrentSkipListMap<>();
    private final Map<VnicId, VnicStatus> vnics = new ConcurrentHashMap<>();
    private final Map<VnicId, CompletableFuture<Optional<VnicStatus>>> waiting = new ConcurrentHashMap<>();
    private final Map<VnicId, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private final Map<VnicId, MigrationStatus> migrations = new ConcurrentHashMap<>();
    private final Map<VnicId, CompletableFuture<Optional<MigrationStatus>>> preparing = new ConcurrentHashMap<>();
    private final Map<DatapathId, CompletionStage<Map<VnicId, VnicCounters>>> counters = new ConcurrentHashMap<>();
    private final Map<DatapathId, FlowListing> listings = new ConcurrentHashMap<>();
    private volatile Optional<RequestRefused> refusal = Optional.empty();
    private final AtomicInteger counterRequests = new AtomicInteger();

    /** @param topology what they are programmed by */
    FakeSwitches(Supplier<Topology> topology) {
        this.topology = topology;
    }

    void put(BridgeStatus status) {
        bridges.put(status.dpid(), status);
    }

    void forget(DatapathId dpid) {
        bridges.remove(dpid);
    }

    void put(VnicId id, VnicStatus status) {
        vnics.put(id, status);
    }

    void put(VnicId id, MigrationStatus status) {
        migrations.put(id, status);
    }

    void put(DatapathId dpid, CompletionStage<Map<VnicId, VnicCounters>> answer) {
        counters.put(dpid, answer);
    }

    void put(DatapathId dpid, FlowListing listing) {
        listings.put(dpid, listing);
    }

    /** The future that the waiters for this vNIC get, now or later. */
    CompletableFuture<Optional<VnicStatus>> settled(VnicId id) {
        return waiting.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    /** The future that the waiters for this vNIC's migration get, now or later. */
    CompletableFuture<Optional<MigrationStatus>> prepared(VnicId id) {
        return preparing.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    /** Completes when somebody waits for this vNIC, or its migration. */
    CompletableFuture<Void> asked(VnicId id) {
        return asked.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    int counterRequests() {
        return counterRequests.get();
    }

    @Override
    public List<BridgeStatus> bridges() {
        return List.copyOf(bridges.values());
    }

    @Override
    public Optional<BridgeStatus> bridge(DatapathId dpid) {
        return Optional.ofNullable(bridges.get(dpid));
    }

    @Override
    public Optional<VnicStatus> vnic(VnicId id) {
        return Optional.ofNullable(vnics.get(id));
    }

    @Override
    public CompletionStage<Optional<VnicStatus>> whenSettled(VnicId id) {
        asked(id).complete(null);
        return settled(id);
    }

    @Override
    public Optional<MigrationStatus> migration(VnicId id) {
        return Optional.ofNullable(migrations.get(id));
    }

    @Override
    public CompletionStage<Optional<MigrationStatus>> whenPrepared(VnicId id) {
        asked(id).complete(null);
        return prepared(id);
    }

    @Override
    public CompletionStage<Map<VnicId, VnicCounters>> counters(DatapathId dpid) {
        counterRequests.incrementAndGet();
        return counters.getOrDefault(dpid, CompletableFuture.completedStage(Map.of()));
    }

    /** From now on these switches answer requests with an error. */
    void refuse(String error) {
        refusal = Optional.of(new RequestRefused("OFPMP_FLOW", error));
    }

    @Override
    public CompletionStage<FlowListing> flows(DatapathId dpid) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedStage(refusal.get());
        }
        return CompletableFuture.completedStage(
                listings.getOrDefault(dpid, new FlowListing(FlowProgram.of(List.of(), List.of()), Optional.empty())));
    }

    /** By what is in the topology, and the ports that the bridge was put with. */
    @Override
    public CompletionStage<FrameTrace> trace(DatapathId dpid, int inPort, Frame frame) {
        Observed ports = Observed.of(
                bridges.get(dpid).ports().stream().map(BridgeStatus.Port::port).toList());
        BridgeView view = new BridgeView(topology.get(), dpid, ports, Set.of());
        return CompletableFuture.completedStage(FrameTrace.of(view, inPort, frame));
    }

    @Override
    public CompletionStage<Sync> resync(DatapathId dpid) {
        return bridge(dpid).filter(status -> status.address().isPresent()).isPresent()
                ? CompletableFuture.completedStage(SYNC)
                : CompletableFuture.failedStage(new ConnectionLost("never connected"));
    }
}

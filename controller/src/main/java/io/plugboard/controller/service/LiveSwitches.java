package io.plugboard.controller.service;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.CounterPoll;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.StatusReport;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.BridgeListener;
import io.plugboard.controller.reconcile.BridgeReconciler;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.controller.reconcile.SwitchEvents;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every bridge that is connected or that the topology knows, each with its reconciler: what comes up from the switches, and
 * what is published, goes to the one that it concerns.
 */
public final class LiveSwitches implements SwitchEvents, Switches, TopologyListener {
    private static final Logger log = LoggerFactory.getLogger(LiveSwitches.class);

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final BridgeListener listener;
    private final Announcer announcer;
    private final WireReports wire;
    private final Function<DatapathId, List<String>> remarks;
    private final Map<DatapathId, Member> members = new ConcurrentSkipListMap<>();
    private volatile Topology topology;

    /** One bridge: its reconciler, and who waits for it or asks it. */
    private record Member(
            BridgeReconciler reconciler,
            CounterPoll counters,
            Waiters<VnicStatus> waiters,
            Waiters<MigrationStatus> preparations,
            Waiters<Boolean> openings,
            AtomicInteger sessions) {}

    /**
     * @param topology as it was read from the store
     * @param workers run the reconcilers, one at a time for each bridge
     * @param nanoTime as {@link System#nanoTime}
     * @param listener is told what becomes of every bridge
     * @param announcer hears what each switch has confirmed, and what guests report
     * @param wire hears of guests that speak where they are awaited
     * @param remarks what others have found wrong with a bridge, a sentence each
     */
    public LiveSwitches(
            Topology topology,
            Executor workers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            BridgeListener listener,
            Announcer announcer,
            WireReports wire,
            Function<DatapathId, List<String>> remarks) {
        this.topology = topology;
        this.announcer = announcer;
        this.wire = wire;
        this.remarks = remarks;
        this.workers = workers;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    private Member member(DatapathId dpid) {
        return members.computeIfAbsent(dpid, this::create);
    }

    private Member create(DatapathId dpid) {
        Waiters<VnicStatus> waiters = new Waiters<>(status -> status.state() != VnicStatus.State.PENDING);
        Waiters<MigrationStatus> preparations =
                new Waiters<>(status -> status.state() != MigrationStatus.State.PENDING);
        Waiters<Boolean> openings = new Waiters<>(isUnderWay -> !isUnderWay);
        BridgeReconciler reconciler = new BridgeReconciler(
                dpid,
                topology,
                MoreExecutors.newSequentialExecutor(workers),
                timer,
                listener.after(state -> {
                    waiters.settle(vnic -> vnicOn(dpid, vnic, state));
                    preparations.settle(vnic -> migrationTo(dpid, vnic, state));
                    openings.settle(vnic -> isUnderWay(dpid, vnic, state));
                }),
                announcer.of(dpid));
        return new Member(reconciler, new CounterPoll(nanoTime), waiters, preparations, openings, new AtomicInteger());
    }

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        topology = after;
        touched.vnics().stream()
                .filter(vnic -> after.attachment(vnic).isEmpty())
                .forEach(announcer::forget);
        for (DatapathId dpid : concerned(before, after, touched)) {
            member(dpid).reconciler().topologyChanged(after, touched);
        }
    }

    private static Set<DatapathId> concerned(Topology before, Topology after, Touched touched) {
        Set<DatapathId> concerned = new TreeSet<>(touched.bridges());
        for (Topology either : List.of(before, after)) {
            touched.vnics().forEach(vnic -> addPlace(concerned, either, vnic));
            touched.portGroups()
                    .forEach(portGroup -> either.members(portGroup).forEach(vnic -> addPlace(concerned, either, vnic)));
        }
        return concerned;
    }

    private static void addPlace(Set<DatapathId> places, Topology topology, VnicId vnic) {
        topology.attachment(vnic).ifPresent(attachment -> {
            places.add(attachment.place().bridge());
            attachment.second().ifPresent(seat -> places.add(seat.place().bridge()));
        });
    }

    @Override
    public void connected(SwitchConnection connection, Observed ports) {
        members.compute(connection.datapathId(), (dpid, known) -> {
            Member member = known == null ? create(dpid) : known;
            member.sessions().incrementAndGet();
            member.reconciler().connected(connection, ports);
            return member;
        });
    }

    @Override
    public void portPut(SwitchConnection connection, Observed.Port port) {
        member(connection.datapathId()).reconciler().portPut(connection, port);
    }

    @Override
    public void portGone(SwitchConnection connection, int number) {
        member(connection.datapathId()).reconciler().portGone(connection, number);
    }

    @Override
    public void disconnected(SwitchConnection connection, String reason) {
        members.computeIfPresent(connection.datapathId(), (dpid, member) -> {
            member.reconciler().disconnected(connection, reason);
            boolean last = member.sessions().decrementAndGet() == 0;
            return last && !isKnown(topology, dpid) ? null : member;
        });
    }

    @Override
    public void complained(SwitchConnection connection, String error) {
        log.warn("bridge {}: {}", connection.datapathId(), error);
        listener.complained(connection.datapathId(), error);
    }

    @Override
    public void packetIn(SwitchConnection connection, PacketIn copy) {
        Optional<Rule> rule = new Cookie(copy.cookie()).rule();
        if (rule.equals(Optional.of(Rule.FORWARD_REPORT_COPY))) {
            announcer.packetIn(connection.datapathId(), copy);
        } else if (rule.equals(Optional.of(Rule.GUARD_FIRST_FRAME))) {
            wire.firstFrame(connection.datapathId(), copy);
        } else {
            log.debug("bridge {} sent a packet-in that nobody asked for", connection.datapathId());
        }
    }

    @Override
    public void handshakeFailed(String address, String reason) {
        log.warn("{} did not become a switch: {}", address, reason);
    }

    @Override
    public void duplicateRefused(DatapathId dpid, String address) {
        log.warn("bridge {} is connected already: a second session from {} was turned away", dpid, address);
        member(dpid).reconciler().rivalRefused(address);
    }

    @Override
    public List<BridgeStatus> bridges() {
        Topology now = topology;
        Set<DatapathId> known = new TreeSet<>(now.bridges().keySet());
        known.addAll(now.occupiedBridges());
        members.forEach((dpid, member) -> {
            if (member.reconciler().state().connection().isPresent()) {
                known.add(dpid);
            }
        });
        List<BridgeStatus> statuses = new ArrayList<>();
        known.forEach(dpid -> statuses.add(status(report(now, dpid))));
        return statuses;
    }

    @Override
    public Optional<BridgeStatus> bridge(DatapathId dpid) {
        Topology now = topology;
        StatusReport report = report(now, dpid);
        boolean known = isKnown(now, dpid) || report.state().connection().isPresent();
        return known ? Optional.of(status(report)) : Optional.empty();
    }

    private BridgeStatus status(StatusReport report) {
        return report.bridge().with(remarks.apply(report.state().dpid()));
    }

    private static boolean isKnown(Topology topology, DatapathId dpid) {
        return topology.bridge(dpid).isPresent() || topology.switchboard(dpid).size() > 0;
    }

    @Override
    public Optional<VnicStatus> vnic(VnicId id) {
        Topology now = topology;
        return now.attachment(id)
                .map(attachment -> report(now, attachment.place().bridge()).vnic(attachment));
    }

    private StatusReport report(Topology now, DatapathId dpid) {
        Member member = members.get(dpid);
        return new StatusReport(
                now,
                member == null ? BridgeState.unknown(dpid) : member.reconciler().state());
    }

    /** The status of a vNIC if it is, by the topology that its bridge's state stands for, on this bridge. */
    private Optional<VnicStatus> vnicOn(DatapathId dpid, VnicId id, BridgeState state) {
        Topology now = topology;
        Optional<Attachment> attachment =
                now.attachment(id).filter(there -> there.place().bridge().equals(dpid));
        return attachment.map(there -> new StatusReport(now, state).vnic(there));
    }

    @Override
    public CompletionStage<Optional<VnicStatus>> whenSettled(VnicId id) {
        return place(id)
                .map(dpid -> {
                    Member member = member(dpid);
                    CompletableFuture<Optional<VnicStatus>> settled =
                            member.waiters().add(id);
                    member.waiters()
                            .settle(vnic ->
                                    vnicOn(dpid, vnic, member.reconciler().state()));
                    return settled;
                })
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** Completes when this vNIC's place is open, or when it is plain that it is not about to be. Cancel it to give up. */
    public CompletionStage<?> whenDecided(VnicId id) {
        return place(id)
                .map(dpid -> {
                    Member member = member(dpid);
                    CompletableFuture<Optional<Boolean>> decided =
                            member.openings().add(id);
                    member.openings()
                            .settle(vnic ->
                                    isUnderWay(dpid, vnic, member.reconciler().state()));
                    return decided;
                })
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private Optional<DatapathId> place(VnicId id) {
        return topology.attachment(id).map(attachment -> attachment.place().bridge());
    }

    private Optional<Boolean> isUnderWay(DatapathId dpid, VnicId id, BridgeState state) {
        Topology now = topology;
        return now.attachment(id)
                .filter(there -> there.place().bridge().equals(dpid))
                .map(new StatusReport(now, state)::isUnderWay);
    }

    @Override
    public Optional<MigrationStatus> migration(VnicId id) {
        Topology now = topology;
        return destination(now, id)
                .flatMap(dpid -> migrationTo(now, dpid, id, report(now, dpid).state()));
    }

    @Override
    public CompletionStage<Optional<MigrationStatus>> whenPrepared(VnicId id) {
        Optional<DatapathId> destination = destination(topology, id);
        if (destination.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        DatapathId dpid = destination.get();
        Member member = member(dpid);
        CompletableFuture<Optional<MigrationStatus>> settled =
                member.preparations().add(id);
        member.preparations()
                .settle(vnic -> migrationTo(dpid, vnic, member.reconciler().state()));
        return settled;
    }

    private static Optional<DatapathId> destination(Topology topology, VnicId id) {
        return topology.attachment(id)
                .flatMap(Attachment::prepared)
                .map(seat -> seat.place().bridge());
    }

    private Optional<MigrationStatus> migrationTo(DatapathId dpid, VnicId id, BridgeState state) {
        return migrationTo(topology, dpid, id, state);
    }

    private static Optional<MigrationStatus> migrationTo(Topology now, DatapathId dpid, VnicId id, BridgeState state) {
        return destination(now, id)
                .filter(dpid::equals)
                .flatMap(there -> now.attachment(id))
                .map(new StatusReport(now, state)::migration);
    }

    @Override
    public CompletionStage<Map<VnicId, VnicCounters>> counters(DatapathId dpid) {
        Member member = members.get(dpid);
        return member == null
                ? CompletableFuture.completedStage(Map.of())
                : member.counters().counters(member.reconciler().state());
    }

    @Override
    public CompletionStage<FlowListing> flows(DatapathId dpid) {
        BridgeState state = report(topology, dpid).state();
        Topology now = topology;
        return CompletableFuture.supplyAsync(() -> FlowListing.desired(now, state), workers)
                .thenCompose(desired -> state.connection()
                        .map(session -> session.readBack().thenApply(desired::beside))
                        .orElseGet(() -> CompletableFuture.completedStage(desired)));
    }

    @Override
    public CompletionStage<FrameTrace> trace(DatapathId dpid, int inPort, Frame frame) {
        Topology now = topology;
        BridgeState state = report(now, dpid).state();
        return CompletableFuture.supplyAsync(() -> FrameTrace.of(state.viewOf(now), inPort, frame), workers);
    }

    @Override
    public CompletionStage<Sync> resync(DatapathId dpid) {
        return member(dpid).reconciler().resync();
    }
}

package io.plugboard.controller.source;

import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyListener;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.ovsdb.OvsdbListener;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the topology what the hosts' databases say, and writes back what comes of it. All that it hears goes to one thread, in
 * order; what follows is looked at once for all that has come meanwhile. Nobody waits for it.
 */
public final class OvsdbSource implements Hosts, OvsdbListener, TopologyListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OvsdbSource.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Open vSwitch tries again after 8 s at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So many snapshots of a host are looked at one by one, to see guests start and stop; of more, the newest. */
    private static final int MOST_WAITING = 64;

    private final HostReader reader;
    private final SourceEvents events;
    private final WriteBack writeBack;
    private final StatusNews statuses;
    private final Turns turns = new Turns();
    private final AtomicBoolean areStatusesDue = new AtomicBoolean();
    private final Map<OvsdbSession, HostLink> links = new ConcurrentHashMap<>();
    private final HostLinks inForce = new HostLinks();
    private volatile Map<DatapathId, List<String>> problems = Map.of();

    /** What it works on, once that is there. */
    private record Surroundings(TopologyService service, Switches switches) {}

    private volatile Optional<Surroundings> surroundings = Optional.empty();

    /** Changed by the thread alone. */
    private volatile World world = World.EMPTY;

    /** All of these belong to the thread. */
    private final Ledger ledger = new Ledger();

    private Scope toPlan = Scope.NOTHING;
    private Scope planned = Scope.NOTHING;
    private Scope toState = Scope.NOTHING;
    private boolean isPlanning;

    /** What stood in the way of the plan that is under way may have gone before it is known what was refused. */
    private boolean isOvertaken;

    /** The time of what the plan goes by that is under way: whatever has been heard since is newer than what comes of it. */
    private long plannedBy;

    /**
     * @param filters reads the receive filters in the rows
     * @param controllerTarget the OpenFlow controller that a host's bridges are given where they have none, such as
     *     {@code tcp:192.0.2.1:6653}
     */
    public OvsdbSource(
            RxFilterReader filters,
            Adoption adoption,
            Function<OvsdbSession, String> controllerTarget,
            SourceEvents events) {
        this.reader = new HostReader(filters, adoption);
        this.events = events;
        writeBack = new WriteBack(inForce, controllerTarget, events, turns);
        statuses = events.statuses(this::statusesChanged);
    }

    /** One thread: what it is given is done in order, and then what follows from all of it is looked at. */
    final class Turns {
        private final ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ovsdb-source"));
        private boolean isLooking;

        void take(Runnable turn) {
            execute(() -> {
                turn.run();
                if (!isLooking) {
                    isLooking = true;
                    execute(() -> {
                        isLooking = false;
                        look();
                    });
                }
            });
        }

        void later(Duration pause, Runnable turn) {
            try {
                thread.schedule(() -> take(turn), pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("the source is closed");
            }
        }

        private void execute(Runnable step) {
            try {
                thread.execute(() -> {
                    try {
                        step.run();
                    } catch (RuntimeException fault) {
                        log.error("the source of OVSDB failed", fault);
                    }
                });
            } catch (RejectedExecutionException closed) {
                log.debug("the source is closed");
            }
        }
    }

    /** Must be called before the first host connects. */
    public void reportTo(TopologyService service, Switches switches) {
        surroundings = Optional.of(new Surroundings(service, switches));
        turns.later(PATIENCE, () -> take(News.settled(world, topology())));
    }

    @Override
    public List<String> problems(DatapathId dpid) {
        return problems.getOrDefault(dpid, List.of());
    }

    @Override
    public boolean isHeard(DatapathId dpid) {
        return world.isSpokenOf(dpid, topology());
    }

    @Override
    public Optional<Bridge> marked(DatapathId dpid) {
        World now = world;
        return now.bridge(dpid, topology())
                .filter(said -> said.isMarked() && now.isConnected(said.database()))
                .map(BridgeSaid::bridge);
    }

    @Override
    public void connected(OvsdbSession session, Snapshot snapshot) {
        HostLink link = new HostLink(session, snapshot, System::nanoTime);
        links.put(session, link);
        turns.take(() -> {
            inForce.add(link);
            if (inForce.isInForce(link)) {
                begin(link, snapshot);
            } else {
                log.warn(
                        "OVSDB at {} is that of {}, which is connected: it waits for the end of that connection",
                        session.remoteAddress(),
                        world.host(link.database()).map(HostView::name).orElse("a host"));
            }
        });
    }

    private void begin(HostLink link, Snapshot snapshot) {
        hear(snapshot);
        HostView view = world.host(link.database()).orElseThrow();
        view.readings().forEach((row, reading) -> {
            if (isManaged(reading.source().bridge())) {
                link.mayBeOurs(row);
            }
        });
        events.connected(view, link.session());
    }

    @Override
    public void changed(OvsdbSession session, Snapshot snapshot) {
        HostLink link = links.get(session);
        if (link != null) {
            int number = link.comes(snapshot);
            turns.take(() -> {
                if (inForce.isInForce(link) && link.isToBeHeard(number, MOST_WAITING)) {
                    hear(snapshot);
                }
            });
        }
    }

    private void hear(Snapshot snapshot) {
        HostView view = reader.read(snapshot, world.host(snapshot.root().uuid()));
        take(News.heard(world, view, topology()));
        writeBack.heard(view);
        view.readings().values().stream()
                .filter(reading ->
                        reading.claim().isEmpty() && reading.refusal().isEmpty())
                .filter(reading -> isManaged(reading.source().bridge()))
                .forEach(reading ->
                        writeBack.clear(view.database(), reading.source().row().uuid()));
    }

    private void take(News news) {
        world = news.world();
        toPlan = toPlan.and(news.scope());
        toState = toState.and(news.scope());
    }

    /** Whether somebody has put or marked the bridge, by what is true. */
    private boolean isManaged(DatapathId dpid) {
        return topology().bridge(dpid).isPresent();
    }

    @Override
    public void disconnected(OvsdbSession session, String reason) {
        HostLink link = links.remove(session);
        if (link != null) {
            turns.take(() -> {
                boolean wasInForce = inForce.isInForce(link);
                inForce.remove(link);
                if (wasInForce) {
                    HostView view = world.host(link.database()).orElseThrow();
                    events.disconnected(view, reason);
                    take(News.disconnected(world, link.database(), topology()));
                    inForce.of(link.database()).ifPresent(next -> begin(next, next.newest()));
                }
            });
        }
    }

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        turns.take(() -> {
            Set<VnicId> ours = touched.vnics().stream()
                    .filter(id -> isOurs(before.attachment(id))
                            || isOurs(after.attachment(id))
                            || !world.claims(id).isEmpty())
                    .collect(Collectors.toSet());
            take(News.changed(world, before, after, touched, ours, isPlanning ? plannedBy : world.time()));
            isOvertaken |= isPlanning;
            toPlan = toPlan.and(ledger.unsettled());
        });
    }

    private static boolean isOurs(Optional<Attachment> attachment) {
        return attachment
                .filter(there -> there.vnic().source() == Vnic.Source.OVSDB)
                .isPresent();
    }

    /** A switch has come, gone, or confirmed something: of what is prepared there, no event tells. */
    public void changed(BridgeState state) {
        statusesChanged();
    }

    private void statusesChanged() {
        if (areStatusesDue.compareAndSet(false, true)) {
            turns.take(() -> {
                areStatusesDue.set(false);
                Scope changed = statuses.read()
                        .map(vnics -> new Scope(vnics, Set.of(), Set.of()))
                        .orElseGet(() -> Scope.ofWhole(topology().bridges().keySet()));
                toState = toState.and(changed).and(new Scope(ledger.prepared(), Set.of(), Set.of()));
            });
        }
    }

    private Topology topology() {
        return surroundings.map(around -> around.service().topology()).orElse(Topology.EMPTY);
    }

    private void look() {
        surroundings.ifPresent(around -> {
            if (!isPlanning && !toPlan.isEmpty()) {
                plan(around.service());
            }
            restate(around);
            showProblems();
            writeBack.flush(world, topology());
        });
    }

    /** Decides when its turn among the changes of others has come, by what is true then. */
    private void plan(TopologyService service) {
        Scope scope = toPlan;
        World said = world;
        planned = scope;
        plannedBy = said.time();
        toPlan = Scope.NOTHING;
        isPlanning = true;
        isOvertaken = false;
        AtomicReference<@Nullable Plan> made = new AtomicReference<>();
        service.change("ovsdb", current -> {
                    Plan plan = Plan.of(said, current, scope);
                    made.set(plan);
                    return plan.changes();
                })
                .whenComplete((applied, failed) -> turns.take(() -> {
                    isPlanning = false;
                    planned = Scope.NOTHING;
                    if (failed == null) {
                        came(Objects.requireNonNull(made.get()));
                        if (isOvertaken) {
                            toPlan = toPlan.and(ledger.unsettled());
                        }
                    } else {
                        log.warn("what OVSDB says could not be made true, and is tried again: {}", failed.toString());
                        turns.later(RETRY, () -> toPlan = toPlan.and(scope));
                    }
                }));
    }

    private void came(Plan plan) {
        ledger.take(plan);
        toState =
                toState.and(new Scope(plan.verdicts().keySet(), plan.problems().keySet(), Set.of()));
        plan.problems()
                .keySet()
                .forEach(dpid -> world.bridge(dpid, topology()).ifPresent(said -> writeBack.look(said.database())));
    }

    private void restate(Surroundings around) {
        Scope scope = toState;
        toState = Scope.NOTHING;
        scope.vnics().forEach(id -> world.claims(id).forEach(claim -> restate(claim, around.switches())));
        for (DatapathId dpid : scope.bridges()) {
            world.bridge(dpid, topology())
                    .flatMap(said -> world.host(said.database()))
                    .ifPresent(view -> restate(view, dpid, scope.whole().contains(dpid), around.switches()));
        }
    }

    /** @param whole whether all rows are meant, and not only those that plug in no vNIC though they mean to */
    private void restate(HostView view, DatapathId dpid, boolean whole, Switches switches) {
        boolean isManaged = isManaged(dpid);
        view.readings().forEach((row, reading) -> {
            if (reading.source().bridge().equals(dpid)) {
                reading.claim().filter(claim -> whole).ifPresent(claim -> restate(claim, switches));
                reading.refusal()
                        .ifPresent(reason -> writeBack.want(
                                view.database(),
                                row,
                                Optional.of(StateText.refused(reason)).filter(text -> isManaged)));
            }
        });
    }

    /** What is about to be planned is left until then: the last plan may be about another place. */
    private void restate(Claim claim, Switches switches) {
        if (!toPlan.concerns(claim) && !planned.concerns(claim)) {
            ledger.verdict(claim)
                    .ifPresent(verdict ->
                            writeBack.want(claim.database(), claim.row(), StateText.of(claim.id(), verdict, switches)));
        }
    }

    private void showProblems() {
        Map<DatapathId, List<String>> now = ledger.allProblems(world);
        Map<DatapathId, List<String>> before = problems;
        problems = now;
        now.forEach((dpid, those) -> {
            if (!those.equals(before.get(dpid))) {
                events.problems(dpid, those);
            }
        });
        before.keySet().stream()
                .filter(dpid -> !now.containsKey(dpid))
                .forEach(dpid -> events.problems(dpid, List.of()));
    }

    @Override
    public void close() {
        turns.thread.shutdownNow();
    }
}

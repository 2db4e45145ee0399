package io.plugboard.controller.reconcile;

import com.google.common.collect.Sets;
import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one bridge's flows and groups what they should be. Level-triggered: on each turn it compiles what was touched since
 * the last, from the newest snapshot, and waits for the barrier's reply before the next; whenever it cannot know what the
 * switch has, it reads it back and sends the difference.
 *
 * <p>All of it happens in a mailbox, one message at a time; readers get the {@link #state} of the last turn.
 */
public final class BridgeReconciler {
    private static final Logger log = LoggerFactory.getLogger(BridgeReconciler.class);

    private static final Duration RIVAL_SHOWN = Duration.ofMinutes(1);

    private final DatapathId dpid;
    private final Executor mailbox;
    private final ScheduledExecutorService timer;
    private final BridgeListener listener;
    private final Confirmations confirmations;

    private Topology topology;
    private Observed observed = Observed.NO_PORTS;
    private Optional<SwitchConnection> connection = Optional.empty();
    private final Pending pending = new Pending();
    private final Health health = new Health();

    /** The view whose program the switch has or is being sent; none while nobody knows what the switch has. */
    private Optional<BridgeView> sent = Optional.empty();

    private Optional<BridgeView> confirmed = Optional.empty();

    /** Whose membership reports are copied to the controller. */
    private Set<VnicId> asked = Set.of();

    /** The switch is to answer, or to be left in peace for a while, before it is sent anything. */
    private boolean waiting;

    private boolean readBackWanted;
    private final Resyncs resyncs = new Resyncs();
    private final Backoff readBackBackoff = new Backoff();
    private int flowsDesired;
    private int flowsInstalled;
    private Optional<Sync> lastSync = Optional.empty();

    private volatile BridgeState state;

    /**
     * @param mailbox runs what it is given one after the other, in order
     * @param confirmations is told what the switch has confirmed
     */
    public BridgeReconciler(
            DatapathId dpid,
            Topology topology,
            Executor mailbox,
            ScheduledExecutorService timer,
            BridgeListener listener,
            Confirmations confirmations) {
        this.dpid = dpid;
        this.topology = topology;
        this.mailbox = mailbox;
        this.timer = timer;
        this.listener = listener;
        this.confirmations = confirmations;
        state = BridgeState.unknown(dpid);
    }

    public BridgeState state() {
        return state;
    }

    public void topologyChanged(Topology after, Touched touched) {
        mailbox.execute(() -> {
            topology = after;
            pending.add(touched);
            health.withheld().changed(touched.vnics());
            turn();
        });
    }

    public void connected(SwitchConnection session, Observed ports) {
        mailbox.execute(() -> {
            log.info("bridge {} connected from {}", dpid, session.address());
            forgetSwitch();
            connection = Optional.of(session);
            observed = ports;
            List<String> misfits = session.profile().misfits();
            if (!misfits.isEmpty()) {
                log.warn("bridge {} cannot be programmed: {}", dpid, String.join("; ", misfits));
            }
            turn();
        });
    }

    public void disconnected(SwitchConnection session, String reason) {
        mailbox.execute(() -> {
            if (isCurrent(session)) {
                log.info("bridge {} disconnected: {}", dpid, reason);
                forgetSwitch();
                confirmations.disconnected();
                publish();
            }
        });
    }

    /** From now on the membership reports of these guests are copied to the controller, and nobody else's. */
    public void ask(Set<VnicId> guests) {
        mailbox.execute(() -> {
            Set<VnicId> before = asked;
            asked = Set.copyOf(guests);
            Sets.symmetricDifference(before, asked).forEach(pending::add);
            turn();
        });
    }

    private void forgetSwitch() {
        connection = Optional.empty();
        sent = Optional.empty();
        confirmed = Optional.empty();
        waiting = false;
        readBackWanted = false;
        flowsInstalled = 0;
        health.forgetSwitch();
        resyncs.fail("bridge " + dpid + " disconnected");
    }

    /** Another switch with this datapath id has been turned away: a host that was cloned, usually. */
    public void rivalRefused(String address) {
        mailbox.execute(() -> {
            health.rival(Optional.of(address));
            publish();
            later(RIVAL_SHOWN, () -> {
                health.rival(Optional.empty());
                publish();
            });
        });
    }

    public void portPut(SwitchConnection session, Observed.Port port) {
        mailbox.execute(() -> {
            if (isCurrent(session)) {
                Observed before = observed;
                observed = observed.with(port);
                touch(port);
                before.ports().values().stream()
                        .filter(old -> !old.equals(observed.ports().get(old.number())))
                        .forEach(this::touch);
                turn();
            }
        });
    }

    public void portGone(SwitchConnection session, int number) {
        mailbox.execute(() -> {
            Observed.Port gone = observed.ports().get(number);
            if (isCurrent(session) && gone != null) {
                observed = observed.without(number);
                touch(gone);
                turn();
            }
        });
    }

    private void touch(Observed.Port port) {
        pending.add(port);
        listener.portTouched(dpid, port);
    }

    /** Reads back, compares and mends, as soon as the commands under way are confirmed. */
    public CompletionStage<Sync> resync() {
        CompletableFuture<Sync> asked = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (connection.isEmpty()) {
                asked.completeExceptionally(new ConnectionLost("bridge " + dpid + " is not connected"));
                return;
            }
            resyncs.ask(asked);
            turn();
        });
        return asked;
    }

    private boolean isCurrent(SwitchConnection session) {
        return connection.filter(session::equals).isPresent();
    }

    private BridgeView view() {
        return new BridgeView(topology, dpid, observed, health.withheld().ids(), asked);
    }

    private void turn() {
        if (connection.isPresent() && !waiting) {
            SwitchConnection session = connection.get();
            boolean fits = session.profile().misfits().isEmpty();
            BridgeView view = view();
            boolean becomesOurs = sent.isPresent()
                    && sent.get().bridge().isEmpty()
                    && view.bridge().isPresent();
            try {
                if (!fits) {
                    resyncs.fail("bridge " + dpid + " cannot be programmed");
                } else if (sent.isEmpty() || becomesOurs || readBackWanted || resyncs.areAsked()) {
                    readBack(session);
                } else if (!pending.isEmpty()) {
                    sendDelta(session, sent.get(), view);
                }
            } catch (RuntimeException broken) {
                keepLastGood(broken);
            }
        }
        publish();
    }

    private void sendDelta(SwitchConnection session, BridgeView before, BridgeView after) {
        Touched touched = pending.touched();
        List<Observed.Port> ports = pending.ports();
        FlowDelta delta = FlowCompiler.delta(before, after, touched, ports);
        Set<VnicId> concerned = FlowCompiler.concerned(before, after, touched, ports);
        pending.clear();
        sent = Optional.of(after);
        flowsDesired += delta.flowsToAdd().size() - delta.flowsToDelete().size();
        if (delta.isEmpty()) {
            confirm(session, after, concerned, List.of());
        } else {
            SendOrder order = SendOrder.of(delta);
            boolean leaves = before.bridge().isPresent() && after.bridge().isEmpty();
            transmit(
                    session,
                    leaves ? order.leaving() : order,
                    refusals -> confirm(session, after, concerned, refusals));
        }
    }

    private void readBack(SwitchConnection session) {
        resyncs.begin();
        readBackWanted = false;
        long start = System.nanoTime();
        waiting = true;
        session.readBack()
                .whenCompleteAsync(
                        (installed, lost) -> {
                            if (!isCurrent(session)) {
                                return;
                            }
                            if (lost != null) {
                                cannotBeKnown(lost);
                                return;
                            }
                            try {
                                mend(session, installed, start);
                            } catch (RuntimeException broken) {
                                keepLastGood(broken);
                                publish();
                            }
                        },
                        mailbox);
    }

    private void mend(SwitchConnection session, Installed installed, long start) {
        BridgeView view = view();
        if (view.bridge().isEmpty()) {
            leaveAlone(session, view, installed, start);
            return;
        }
        FlowProgram desired = FlowCompiler.compile(view);
        Difference difference = Difference.between(desired, installed);
        pending.clear();
        sent = Optional.of(view);
        flowsDesired = desired.flows().size();
        health.strangers(difference.problems());
        transmit(session, difference.sendOrder(), refusals -> {
            Sync sync = difference.sync(System.nanoTime() - start);
            lastSync = Optional.of(sync);
            log.info("bridge {} synchronized: {}", dpid, sync);
            health.mended();
            confirm(
                    session,
                    view,
                    view.switchboard().vnics().stream().map(EffectiveVnic::id).collect(Collectors.toSet()),
                    refusals);
            if (refusals.isEmpty()) {
                readBackBackoff.reset();
            }
            resyncs.answer(sync);
        });
    }

    /** Nobody has put this bridge. */
    private void leaveAlone(SwitchConnection session, BridgeView view, Installed installed, long start) {
        waiting = false;
        pending.clear();
        sent = Optional.of(view);
        flowsDesired = 0;
        lastSync = Optional.empty();
        health.mended();
        health.strangers(Difference.leftBehind(installed));
        confirm(session, view, Set.of(), List.of());
        resyncs.answer(Difference.NONE.sync(System.nanoTime() - start));
        turn();
    }

    private void transmit(SwitchConnection session, SendOrder order, Consumer<List<Refusal>> then) {
        waiting = true;
        order.send(session)
                .whenCompleteAsync(
                        (refusals, lost) -> {
                            if (!isCurrent(session)) {
                                return;
                            }
                            if (lost != null) {
                                cannotBeKnown(lost);
                                return;
                            }
                            waiting = false;
                            listener.confirmed(dpid, order.flowMods(), refusals);
                            then.accept(refusals);
                            turn();
                        },
                        mailbox);
    }

    /**
     * The barrier's reply is there: this view is in force, less what was refused.
     *
     * @param concerned the vNICs whose part of the program was sent
     */
    private void confirm(SwitchConnection session, BridgeView view, Set<VnicId> concerned, List<Refusal> refusals) {
        confirmed = Optional.of(view);
        refusals.forEach(refusal -> log.warn("bridge {}: {}", dpid, refusal.words()));
        Blame blame = Blame.of(view, refusals);
        blame.vnics().forEach(this::withhold);
        blame.shared().forEach(words -> health.refused(words, concerned));
        if (!blame.shared().isEmpty()) {
            wantReadBack();
        }
        health.withheld().accepted(Sets.difference(concerned, view.withheld()));
        flowsInstalled = flowsDesired - blame.missing();
        confirmations.confirmed(this, session, inForce(view), concerned);
    }

    private BridgeView inForce(BridgeView view) {
        return health.withheld().ids().equals(view.withheld())
                ? view
                : new BridgeView(
                        view.topology(),
                        dpid,
                        view.observed(),
                        Sets.union(view.withheld(), health.withheld().ids()),
                        view.asked());
    }

    private void withhold(VnicId vnic, String reason) {
        if (!health.withheld().contains(vnic)) {
            Duration pause = health.withheld().withhold(vnic, reason);
            pending.add(vnic);
            later(pause, () -> {
                if (health.withheld().release(vnic)) {
                    pending.add(vnic);
                    turn();
                }
            });
        }
    }

    private void wantReadBack() {
        later(readBackBackoff.next(), () -> {
            readBackWanted = true;
            turn();
        });
    }

    /** What we compiled contradicts itself: the switch keeps what it has, and people are told. */
    private void keepLastGood(RuntimeException broken) {
        log.error("bridge {} keeps its last good program", dpid, broken);
        rest("its program could not be compiled, the last good one stays: " + broken.getMessage());
    }

    /** A request was not answered as it should be, or the session has ended and its end is about to be told. */
    private void cannotBeKnown(Throwable lost) {
        Throwable cause = lost instanceof CompletionException && lost.getCause() != null ? lost.getCause() : lost;
        if (!(cause instanceof ConnectionLost)) {
            log.warn("bridge {} cannot be kept right: {}", dpid, cause.getMessage());
            rest("it cannot be kept right: " + cause.getMessage());
            publish();
        }
    }

    /** Nothing is sent for a while; then the switch is read back, for nobody knows what it has. */
    private void rest(String problem) {
        sent = Optional.empty();
        waiting = true;
        health.refused(problem, List.of());
        resyncs.fail("bridge " + dpid + ": " + problem);
        Optional<SwitchConnection> session = connection;
        later(readBackBackoff.next(), () -> {
            if (connection.equals(session)) {
                waiting = false;
                turn();
            }
        });
    }

    private void later(Duration pause, Runnable action) {
        timer.schedule(() -> mailbox.execute(action), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        state = new BridgeState(
                dpid,
                connection,
                observed,
                confirmed,
                health.failures(topology.switchboard(dpid)),
                flowsDesired,
                flowsInstalled,
                lastSync,
                health.problems());
        listener.changed(state);
    }
}

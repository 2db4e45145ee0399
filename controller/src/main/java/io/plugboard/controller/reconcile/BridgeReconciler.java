package io.plugboard.controller.reconcile;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    private final DatapathId dpid;
    private final Executor mailbox;
    private final ScheduledExecutorService timer;
    private final Consumer<BridgeState> listener;

    private Topology topology;
    private Observed observed = Observed.NO_PORTS;
    private Optional<SwitchConnection> connection = Optional.empty();
    private final Pending pending = new Pending();
    private final Withheld withheld = new Withheld();

    /** The view whose program the switch has or is being sent; none while nobody knows what the switch has. */
    private Optional<BridgeView> sent = Optional.empty();

    private Optional<BridgeView> confirmed = Optional.empty();
    private boolean waiting;
    private List<CompletableFuture<Sync>> resyncs = new ArrayList<>();
    private final Backoff resyncBackoff = new Backoff();
    private int flowsDesired;
    private int flowsInstalled;
    private Optional<Sync> lastSync = Optional.empty();
    private List<String> strangers = List.of();
    private List<String> failures = List.of();

    private volatile BridgeState state;

    /**
     * @param mailbox runs what it is given one after the other, in order
     * @param listener is told each new state, in the mailbox
     */
    public BridgeReconciler(
            DatapathId dpid,
            Topology topology,
            Executor mailbox,
            ScheduledExecutorService timer,
            Consumer<BridgeState> listener) {
        this.dpid = dpid;
        this.topology = topology;
        this.mailbox = mailbox;
        this.timer = timer;
        this.listener = listener;
        state = BridgeState.unknown(dpid);
    }

    public BridgeState state() {
        return state;
    }

    public void topologyChanged(Topology after, Touched touched) {
        mailbox.execute(() -> {
            topology = after;
            pending.add(touched);
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
                publish();
            }
        });
    }

    private void forgetSwitch() {
        connection = Optional.empty();
        sent = Optional.empty();
        confirmed = Optional.empty();
        waiting = false;
        withheld.clear();
        resyncs.forEach(asked -> asked.completeExceptionally(new ConnectionLost("bridge " + dpid + " disconnected")));
        resyncs = new ArrayList<>();
    }

    public void portPut(SwitchConnection session, Observed.Port port) {
        mailbox.execute(() -> {
            if (isCurrent(session)) {
                Observed before = observed;
                observed = observed.with(port);
                pending.add(port);
                before.ports().values().stream()
                        .filter(old -> !observed.ports().containsValue(old))
                        .forEach(pending::add);
                turn();
            }
        });
    }

    public void portGone(SwitchConnection session, int number) {
        mailbox.execute(() -> {
            Observed.Port gone = observed.ports().get(number);
            if (isCurrent(session) && gone != null) {
                observed = observed.without(number);
                pending.add(gone);
                turn();
            }
        });
    }

    /** Reads back, compares and mends, as soon as the commands under way are confirmed. */
    public CompletionStage<Sync> resync() {
        CompletableFuture<Sync> asked = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (connection.isEmpty()) {
                asked.completeExceptionally(new ConnectionLost("bridge " + dpid + " is not connected"));
                return;
            }
            resyncs.add(asked);
            turn();
        });
        return asked;
    }

    private boolean isCurrent(SwitchConnection session) {
        return connection.filter(session::equals).isPresent();
    }

    private BridgeView view() {
        return new BridgeView(topology, dpid, observed, withheld.ids());
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
                if (sent.isEmpty() || becomesOurs || !resyncs.isEmpty()) {
                    readBack(session, fits);
                } else if (fits && !pending.isEmpty()) {
                    sendDelta(session, sent.get(), view);
                }
            } catch (RuntimeException broken) {
                keepLastGood(broken);
            }
        }
        publish();
    }

    private void sendDelta(SwitchConnection session, BridgeView before, BridgeView after) {
        FlowDelta delta = FlowCompiler.delta(before, after, pending.touched(), pending.ports());
        pending.clear();
        sent = Optional.of(after);
        flowsDesired += delta.flowsToAdd().size() - delta.flowsToDelete().size();
        if (delta.isEmpty()) {
            confirm(after, List.of());
        } else {
            transmit(session, SendOrder.of(delta), refusals -> confirm(after, refusals));
        }
    }

    private void readBack(SwitchConnection session, boolean fits) {
        List<CompletableFuture<Sync>> asked = resyncs;
        resyncs = new ArrayList<>();
        long start = System.nanoTime();
        waiting = true;
        session.readBack()
                .whenCompleteAsync(
                        (installed, lost) -> {
                            if (lost != null || !isCurrent(session)) {
                                asked.forEach(one -> one.completeExceptionally(
                                        new ConnectionLost("bridge " + dpid + " disconnected")));
                                giveUp(session, lost);
                                return;
                            }
                            try {
                                mend(session, installed, fits, start, asked);
                            } catch (RuntimeException broken) {
                                asked.forEach(one -> one.completeExceptionally(broken));
                                keepLastGood(broken);
                                publish();
                            }
                        },
                        mailbox);
    }

    private void mend(
            SwitchConnection session,
            Installed installed,
            boolean fits,
            long start,
            List<CompletableFuture<Sync>> asked) {
        BridgeView view = view();
        boolean ours = fits && view.bridge().isPresent();
        FlowProgram desired = ours ? FlowCompiler.compile(view) : FlowProgram.EMPTY;
        Difference difference = Difference.between(desired, installed);
        pending.clear();
        sent = Optional.of(view);
        flowsDesired = desired.flows().size();
        strangers = difference.problems();
        SendOrder order = ours ? difference.sendOrder() : SendOrder.of(FlowDelta.NOTHING);
        transmit(session, order, refusals -> {
            if (ours) {
                Sync sync = sync(difference, System.nanoTime() - start);
                lastSync = Optional.of(sync);
                log.info("bridge {} synchronized: {}", dpid, sync);
            }
            confirm(view, refusals);
            asked.forEach(one -> one.complete(sync(ours ? difference : Difference.NONE, System.nanoTime() - start)));
        });
    }

    private static Sync sync(Difference difference, long nanos) {
        FlowDelta delta = difference.delta();
        return new Sync(
                TimeUnit.NANOSECONDS.toMillis(nanos),
                delta.flowsToAdd().size(),
                delta.flowsToModify().size(),
                difference.flowsDeleted(),
                delta.groupsToAdd().size(),
                delta.groupsToModify().size(),
                delta.groupsToDelete().size());
    }

    /** Sends both batches at once: the barrier between them is the switch's to keep. */
    private void transmit(SwitchConnection session, SendOrder order, Consumer<List<Refusal>> then) {
        waiting = true;
        CompletionStage<List<Refusal>> makes = sendUnlessEmpty(session, order.makes());
        CompletionStage<List<Refusal>> breaks = sendUnlessEmpty(session, order.breaks());
        makes.thenCombine(breaks, (first, second) -> {
                    List<Refusal> refusals = new ArrayList<>(first);
                    refusals.addAll(second);
                    return refusals;
                })
                .whenCompleteAsync(
                        (refusals, lost) -> {
                            if (lost != null || !isCurrent(session)) {
                                giveUp(session, lost);
                                return;
                            }
                            waiting = false;
                            then.accept(refusals);
                            turn();
                        },
                        mailbox);
    }

    /** Nobody knows now what this session's switch has: a new session begins with reading it back. */
    private static void giveUp(SwitchConnection session, @Nullable Throwable lost) {
        session.close(lost == null ? "replaced by another session" : String.valueOf(lost.getMessage()));
    }

    private static CompletionStage<List<Refusal>> sendUnlessEmpty(
            SwitchConnection session, List<SwitchCommand> commands) {
        return commands.isEmpty() ? CompletableFuture.completedStage(List.of()) : session.send(commands);
    }

    /** The barrier's reply is there: this view is in force, less what was refused. */
    private void confirm(BridgeView view, List<Refusal> refusals) {
        confirmed = Optional.of(view);
        flowsInstalled = flowsDesired;
        List<String> bridgeWide = new ArrayList<>();
        for (Refusal refusal : refusals) {
            Optional<VnicId> vnic = vnicOf(view, refusal.command());
            String words = "the switch refused " + refusal.command().subject() + ": " + refusal.error();
            log.warn("bridge {}: {}", dpid, words);
            if (vnic.isPresent()) {
                withhold(vnic.get(), words);
            } else {
                bridgeWide.add(words);
            }
        }
        failures = List.copyOf(bridgeWide);
        if (!bridgeWide.isEmpty()) {
            later(resyncBackoff.next(), this::askForResync);
        } else if (refusals.isEmpty()) {
            resyncBackoff.reset();
        }
        withheld.accepted(view);
    }

    private static Optional<VnicId> vnicOf(BridgeView view, SwitchCommand command) {
        return command instanceof SwitchCommand.PutFlow put && put.flow().owner() instanceof Owner.OfVnic of
                ? view.switchboard().atSlot(of.slot())
                : Optional.empty();
    }

    private void withhold(VnicId vnic, String reason) {
        if (!withheld.ids().contains(vnic)) {
            Duration pause = withheld.withhold(vnic, reason);
            pending.add(vnic);
            later(pause, () -> {
                if (withheld.release(vnic)) {
                    pending.add(vnic);
                    turn();
                }
            });
        }
    }

    private void askForResync() {
        if (connection.isPresent()) {
            resyncs.add(new CompletableFuture<>());
            turn();
        }
    }

    /** What we compiled contradicts itself: the switch keeps what it has, and people are told. */
    private void keepLastGood(RuntimeException broken) {
        log.error("bridge {} keeps its last good program", dpid, broken);
        waiting = false;
        pending.clear();
        failures = List.of("its program could not be compiled, the last good one stays: " + broken.getMessage());
        later(resyncBackoff.next(), this::askForResync);
    }

    private void later(Duration pause, Runnable action) {
        timer.schedule(() -> mailbox.execute(action), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        List<String> problems = new ArrayList<>(failures);
        problems.addAll(strangers);
        state = new BridgeState(
                dpid,
                connection,
                observed,
                confirmed,
                withheld.reasons(),
                flowsDesired,
                flowsInstalled,
                lastSync,
                problems);
        listener.accept(state);
    }
}

package io.plugboard.controller.observe;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The counters of one bridge's vNICs: two requests to the switch, however many vNICs it has and however often somebody asks
 * within {@link #MAX_AGE}.
 */
public final class CounterPoll {
    /** Half of what the API promises: an answer may be as old as this when it is asked for, and takes its way too. */
    static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private Optional<Poll> last = Optional.empty();

    private record Poll(SwitchConnection of, long at, CompletionStage<Map<VnicId, VnicCounters>> answer) {}

    public CounterPoll(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Of the vNICs that the switch has confirmed flows of; none while it is not connected. */
    public synchronized CompletionStage<Map<VnicId, VnicCounters>> counters(BridgeState state) {
        if (state.connection().isEmpty() || state.confirmed().isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        SwitchConnection session = state.connection().get();
        long now = nanoTime.getAsLong();
        if (last.isEmpty()
                || !last.get().of().equals(session)
                || now - last.get().at() >= MAX_AGE.toNanos()) {
            last = Optional.of(
                    new Poll(session, now, poll(session, state.confirmed().get())));
        }
        return last.get().answer();
    }

    private static CompletionStage<Map<VnicId, VnicCounters>> poll(SwitchConnection session, BridgeView view) {
        return session.portCounters()
                .thenCombine(
                        session.flows(FlowTable.GUARD, Cookie.of(Rule.GUARD_FORGED), Cookie.RULE_MASK),
                        (ports, guards) -> join(view, ports, guards))
                .exceptionally(lost -> Map.of());
    }

    private static Map<VnicId, VnicCounters> join(
            BridgeView view, Map<Integer, PortCounters> ports, List<InstalledFlow> guards) {
        Map<Integer, Long> drops = new HashMap<>();
        for (InstalledFlow guard : guards) {
            new Cookie(guard.cookie())
                    .owner()
                    .filter(Owner.OfVnic.class::isInstance)
                    .ifPresent(owner -> drops.put(((Owner.OfVnic) owner).slot(), guard.packets()));
        }
        Map<VnicId, VnicCounters> counters = new HashMap<>();
        for (int slot : view.switchboard().slots()) {
            Optional<Plug.Plugged> vnic =
                    view.vnicAt(slot).filter(plugged -> plugged.vnic().standing() == Standing.ACTIVE);
            if (vnic.isPresent()) {
                PortCounters port = ports.get(vnic.get().port().number());
                long spoofed = drops.getOrDefault(slot, 0L);
                counters.put(
                        vnic.get().vnic().id(),
                        port == null
                                ? new VnicCounters(0, 0, 0, 0, spoofed)
                                : new VnicCounters(
                                        port.receivedFrames(),
                                        port.receivedBytes(),
                                        port.sentFrames(),
                                        port.sentBytes(),
                                        spoofed));
            }
        }
        return counters;
    }
}

package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A difference as commands in an order in which no frame ever meets a flow whose group is not there, and none is lost while a
 * flow is replaced by another: two batches with a barrier between them. A switch that has bundles gets both as one, and no
 * frame meets half of the difference at all.
 *
 * @param meter sent first, to a switch that has meters
 * @param makes what is in the way deleted, groups added or changed, leaves first, then flows added or changed
 * @param breaks flows deleted, then groups deleted, roots first
 */
record SendOrder(Optional<SwitchCommand.ForMeter> meter, List<SwitchCommand> makes, List<SwitchCommand> breaks) {
    private static final Logger log = LoggerFactory.getLogger(SendOrder.class);

    /**
     * More commands than this are the beginning of a bridge, or a change of all that it has: then their order is protection
     * enough, while a bundle of them all would keep the switch from its other work, and be sent anew for each refusal.
     */
    static final int MAX_BUNDLED = 10_000;

    /** A switch names one command that it refuses for each bundle. */
    static final int MAX_BUNDLES = 8;

    static SendOrder of(FlowDelta delta) {
        List<SwitchCommand> makes = new ArrayList<>(delta.size());
        leavesFirst(delta.groupsToAdd()).forEach(group -> makes.add(new SwitchCommand.AddGroup(group)));
        leavesFirst(delta.groupsToModify()).forEach(group -> makes.add(new SwitchCommand.ModifyGroup(group)));
        delta.flowsToAdd().forEach(flow -> makes.add(new SwitchCommand.PutFlow(flow)));
        delta.flowsToModify().forEach(flow -> makes.add(new SwitchCommand.PutFlow(flow)));
        delta.flowsToRenew().forEach(flow -> makes.add(new SwitchCommand.RenewFlow(flow)));
        List<SwitchCommand> breaks = new ArrayList<>();
        delta.flowsToDelete().forEach(key -> breaks.add(new SwitchCommand.DeleteFlow(key)));
        delta.groupsToDelete().stream().sorted().forEach(id -> breaks.add(new SwitchCommand.DeleteGroup(id)));
        return new SendOrder(Optional.empty(), makes, breaks);
    }

    /** The same, of a bridge that is no longer ours: its copies are no longer limited. */
    SendOrder leaving() {
        return new SendOrder(Optional.of(new SwitchCommand.DeleteMeter()), makes, breaks);
    }

    private int size() {
        return makes.size() + breaks.size();
    }

    /** Sends it all and completes with what was refused: everything else is in force then. */
    CompletionStage<List<Refusal>> send(SwitchConnection session) {
        CompletionStage<List<Refusal>> metered = sendMeter(session);
        CompletionStage<List<Refusal>> sent = session.profile().bundles() && size() <= MAX_BUNDLED
                ? sendAtomically(session, MAX_BUNDLES)
                : sendPlainly(session);
        return metered.thenCombine(sent, (ofNobody, refusals) -> refusals);
    }

    /** No vNIC suffers from a meter that is refused, and sending it again would not help. */
    private CompletionStage<List<Refusal>> sendMeter(SwitchConnection session) {
        if (meter.isEmpty() || !session.profile().meters()) {
            return CompletableFuture.completedStage(List.of());
        }
        return session.send(List.of(meter.get())).whenComplete((refusals, lost) -> {
            if (refusals != null) {
                refusals.forEach(refusal -> log.warn(
                        "bridge {}: the switch refused {}: {}",
                        session.datapathId(),
                        refusal.command().subject(),
                        refusal.error()));
            }
        });
    }

    /**
     * As one bundle; what the switch refuses of it is taken out, and the rest is sent again.
     *
     * @param bundles how many may be sent, before what is left is sent plainly
     */
    private CompletionStage<List<Refusal>> sendAtomically(SwitchConnection session, int bundles) {
        if (size() <= 1 || bundles == 0) {
            return sendPlainly(session);
        }
        return session.sendAtomically(concatenated(makes, breaks)).thenCompose(outcome -> {
            List<Refusal> refusals = outcome.refusals();
            if (outcome.applied()) {
                return CompletableFuture.completedStage(refusals);
            }
            // Where it names none, it will have no other bundle of these either.
            int more = refusals.isEmpty() ? 0 : bundles - 1;
            return without(refusals).sendAtomically(session, more).thenApply(rest -> concatenated(refusals, rest));
        });
    }

    /** How many of the commands are about flows. */
    int flowMods() {
        return Math.toIntExact(Stream.concat(makes.stream(), breaks.stream())
                .filter(command -> command.installs().isPresent()
                        || command instanceof SwitchCommand.DeleteFlow
                        || command instanceof SwitchCommand.DeleteForeignFlow)
                .count());
    }

    private SendOrder without(List<Refusal> refusals) {
        Set<SwitchCommand> refused = refusals.stream().map(Refusal::command).collect(Collectors.toUnmodifiableSet());
        return new SendOrder(Optional.empty(), without(makes, refused), without(breaks, refused));
    }

    private static List<SwitchCommand> without(List<SwitchCommand> commands, Set<SwitchCommand> refused) {
        return commands.stream().filter(command -> !refused.contains(command)).toList();
    }

    /** Both batches at once, for the barrier between them is the switch's to keep. */
    private CompletionStage<List<Refusal>> sendPlainly(SwitchConnection session) {
        return send(session, makes).thenCombine(send(session, breaks), SendOrder::concatenated);
    }

    private static CompletionStage<List<Refusal>> send(SwitchConnection session, List<SwitchCommand> commands) {
        return commands.isEmpty() ? CompletableFuture.completedStage(List.of()) : session.send(commands);
    }

    private static <T> List<T> concatenated(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Groups refer to groups of higher id only. */
    private static List<Group> leavesFirst(List<Group> groups) {
        return groups.stream()
                .sorted(Comparator.comparing(Group::id).reversed())
                .toList();
    }
}

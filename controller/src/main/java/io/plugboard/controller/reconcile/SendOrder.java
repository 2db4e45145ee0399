package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A difference as two batches of commands with a barrier between them, so that no frame ever meets a flow whose group is not
 * there, and none is lost while a flow is replaced by another.
 *
 * @param makes what is in the way deleted, groups added or changed, leaves first, then flows added or changed
 * @param breaks flows deleted, then groups deleted, roots first
 */
record SendOrder(List<SwitchCommand> makes, List<SwitchCommand> breaks) {

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
        return new SendOrder(makes, breaks);
    }

    /**
     * Sends both batches at once, for the barrier between them is the switch's to keep, and completes with all that was
     * refused.
     */
    CompletionStage<List<Refusal>> send(SwitchConnection session) {
        return send(session, makes).thenCombine(send(session, breaks), (first, second) -> {
            List<Refusal> refusals = new ArrayList<>(first);
            refusals.addAll(second);
            return refusals;
        });
    }

    private static CompletionStage<List<Refusal>> send(SwitchConnection session, List<SwitchCommand> commands) {
        return commands.isEmpty() ? CompletableFuture.completedStage(List.of()) : session.send(commands);
    }

    /** Groups refer to groups of higher id only. */
    private static List<Group> leavesFirst(List<Group> groups) {
        return groups.stream()
                .sorted(Comparator.comparing(Group::id).reversed())
                .toList();
    }
}

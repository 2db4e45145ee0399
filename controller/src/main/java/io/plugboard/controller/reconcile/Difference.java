package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What it takes to make a switch that has been read back what it should be. In the pipeline's tables and among the groups
 * whose ids are ours, what nobody asked for goes; elsewhere it is left and reported.
 *
 * @param delta in the compiler's terms
 * @param foreign flows in the pipeline's tables that those terms cannot say, to be deleted before all else: the key of
 *     one may be that of a flow of ours, whose actions somebody has changed
 * @param meter what makes the meter of copies to the controller what it should be
 * @param problems what is there and not ours, a sentence each
 */
record Difference(
        FlowDelta delta,
        List<Installed.ForeignFlow> foreign,
        Optional<SwitchCommand.ForMeter> meter,
        List<String> problems) {

    static final Difference NONE = new Difference(FlowDelta.NOTHING, List.of(), Optional.empty(), List.of());

    static Difference between(FlowProgram desired, Installed installed) {
        List<Flow> added = new ArrayList<>();
        List<Flow> modified = new ArrayList<>();
        for (Map.Entry<FlowKey, Flow> entry : desired.flows().entrySet()) {
            Flow flow = entry.getValue();
            InstalledFlow there = installed.flows().get(entry.getKey());
            if (there == null) {
                added.add(flow);
            } else if (there.cookie() != flow.cookie().bits()
                    || !there.instructions().equals(flow.instructions())) {
                modified.add(flow);
            }
        }
        List<FlowKey> flowsGone = new ArrayList<>();
        int elsewhere = 0;
        for (FlowKey key : installed.flows().keySet()) {
            if (FlowTable.of(key.table()).isEmpty()) {
                elsewhere++;
            } else if (!desired.flows().containsKey(key)) {
                flowsGone.add(key);
            }
        }
        List<Installed.ForeignFlow> foreign = installed.foreignFlows().stream()
                .filter(flow -> FlowTable.of(flow.table()).isPresent())
                .toList();
        elsewhere += installed.foreignFlows().size() - foreign.size();

        List<Group> groupsAdded = new ArrayList<>();
        List<Group> groupsModified = new ArrayList<>();
        for (Group group : desired.groups().values()) {
            Group there = installed.groups().get(group.id());
            if (there != null ? !there.equals(group) : installed.foreignGroups().contains(group.id())) {
                groupsModified.add(group);
            } else if (there == null) {
                groupsAdded.add(group);
            }
        }
        List<GroupId> groupsGone = new ArrayList<>();
        int othersGroups = 0;
        List<GroupId> present = new ArrayList<>(installed.groups().keySet());
        present.addAll(installed.foreignGroups());
        for (GroupId id : present) {
            if (!id.isOurs()) {
                othersGroups++;
            } else if (!desired.groups().containsKey(id)) {
                groupsGone.add(id);
            }
        }
        FlowDelta delta = new FlowDelta(groupsAdded, groupsModified, added, modified, List.of(), flowsGone, groupsGone);
        return new Difference(delta, foreign, meter(installed.meter()), problems(elsewhere, othersGroups));
    }

    private static Optional<SwitchCommand.ForMeter> meter(Optional<ControllerMeter> installed) {
        if (installed.isEmpty()) {
            return Optional.of(new SwitchCommand.AddMeter(ControllerMeter.WANTED));
        }
        return installed.get().equals(ControllerMeter.WANTED)
                ? Optional.empty()
                : Optional.of(new SwitchCommand.ModifyMeter(ControllerMeter.WANTED));
    }

    /** What to say of Plugboard's own flows and groups on a bridge that nobody has put: it may be another controller's. */
    static List<String> leftBehind(Installed installed) {
        long flows = installed.flows().values().stream()
                .filter(flow -> new Cookie(flow.cookie()).owner().isPresent())
                .count();
        long groups =
                installed.groups().keySet().stream().filter(GroupId::isOurs).count();
        return flows + groups == 0
                ? List.of()
                : List.of("it carries " + flows + " flows and " + groups
                        + " groups of Plugboard's, though nobody has put it:"
                        + " put it and delete it again to clear them");
    }

    private static List<String> problems(int foreignFlows, int foreignGroups) {
        List<String> problems = new ArrayList<>();
        if (foreignFlows > 0) {
            problems.add("flows that are not Plugboard's, in tables that it does not use: " + foreignFlows
                    + "; they are left alone");
        }
        if (foreignGroups > 0) {
            problems.add("groups that are not Plugboard's: " + foreignGroups + "; they are left alone");
        }
        return problems;
    }

    SendOrder sendOrder() {
        SendOrder order = SendOrder.of(delta);
        List<SwitchCommand> makes = new ArrayList<>();
        foreign.forEach(flow -> makes.add(new SwitchCommand.DeleteForeignFlow(flow)));
        makes.addAll(order.makes());
        return new SendOrder(meter, makes, order.breaks());
    }

    /** @param nanos how long it took to find out and to mend */
    Sync sync(long nanos) {
        return new Sync(
                TimeUnit.NANOSECONDS.toMillis(nanos),
                delta.flowsToAdd().size(),
                delta.flowsToModify().size(),
                delta.flowsToDelete().size() + foreign.size(),
                delta.groupsToAdd().size(),
                delta.groupsToModify().size(),
                delta.groupsToDelete().size());
    }
}

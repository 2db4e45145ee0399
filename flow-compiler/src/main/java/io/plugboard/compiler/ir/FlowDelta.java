package io.plugboard.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What turns one program into another, in the order of keys and ids. Groups refer to groups of higher id only, so that
 * descending is leaves first.
 *
 * @param flowsToModify replacing flows of the same key, whose counters go on
 * @param flowsToRenew replacing flows of the same key, and perhaps the same altogether, whose counters begin anew
 */
public record FlowDelta(
        List<Group> groupsToAdd,
        List<Group> groupsToModify,
        List<Flow> flowsToAdd,
        List<Flow> flowsToModify,
        List<Flow> flowsToRenew,
        List<FlowKey> flowsToDelete,
        List<GroupId> groupsToDelete) {
    public static final FlowDelta NOTHING =
            new FlowDelta(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public FlowDelta {
        groupsToAdd = List.copyOf(groupsToAdd);
        groupsToModify = List.copyOf(groupsToModify);
        flowsToAdd = List.copyOf(flowsToAdd);
        flowsToModify = List.copyOf(flowsToModify);
        flowsToRenew = List.copyOf(flowsToRenew);
        flowsToDelete = List.copyOf(flowsToDelete);
        groupsToDelete = List.copyOf(groupsToDelete);
    }

    public static FlowDelta between(FlowProgram before, FlowProgram after) {
        return between(before, after, Set.of());
    }

    /** @param renewed owners that stand for somebody else in the program after, and take over no counter */
    public static FlowDelta between(FlowProgram before, FlowProgram after, Set<Owner> renewed) {
        List<Group> added = new ArrayList<>();
        List<Group> modified = new ArrayList<>();
        for (Group group : after.groups().values()) {
            Group old = before.groups().get(group.id());
            if (old == null) {
                added.add(group);
            } else if (!old.equals(group)) {
                modified.add(group);
            }
        }
        List<Flow> flowsAdded = new ArrayList<>();
        List<Flow> flowsModified = new ArrayList<>();
        List<Flow> flowsRenewed = new ArrayList<>();
        for (Map.Entry<FlowKey, Flow> entry : after.flows().entrySet()) {
            Flow old = before.flows().get(entry.getKey());
            if (old == null) {
                flowsAdded.add(entry.getValue());
            } else if (renewed.contains(entry.getValue().owner())) {
                flowsRenewed.add(entry.getValue());
            } else if (!old.equals(entry.getValue())) {
                flowsModified.add(entry.getValue());
            }
        }
        List<FlowKey> flowsGone = without(before.flows(), after.flows());
        List<GroupId> groupsGone = without(before.groups(), after.groups());
        return new FlowDelta(added, modified, flowsAdded, flowsModified, flowsRenewed, flowsGone, groupsGone);
    }

    private static <K> List<K> without(Map<K, ?> before, Map<K, ?> after) {
        return before.keySet().stream().filter(key -> !after.containsKey(key)).toList();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many messages it takes. */
    public int size() {
        return groupsToAdd.size()
                + groupsToModify.size()
                + flowsToAdd.size()
                + flowsToModify.size()
                + flowsToRenew.size()
                + flowsToDelete.size()
                + groupsToDelete.size();
    }
}

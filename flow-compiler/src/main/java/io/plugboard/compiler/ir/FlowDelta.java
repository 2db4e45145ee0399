package io.plugboard.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What turns one program into another, in the order of keys and ids. Groups refer to groups of higher id only, so that
 * descending is leaves first.
 *
 * @param flowsToPut added, or replacing a flow of the same key
 */
public record FlowDelta(
        List<Group> groupsToAdd,
        List<Group> groupsToModify,
        List<Flow> flowsToPut,
        List<FlowKey> flowsToDelete,
        List<GroupId> groupsToDelete) {
    public FlowDelta {
        groupsToAdd = List.copyOf(groupsToAdd);
        groupsToModify = List.copyOf(groupsToModify);
        flowsToPut = List.copyOf(flowsToPut);
        flowsToDelete = List.copyOf(flowsToDelete);
        groupsToDelete = List.copyOf(groupsToDelete);
    }

    public static FlowDelta between(FlowProgram before, FlowProgram after) {
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
        List<Flow> put = new ArrayList<>();
        for (Map.Entry<FlowKey, Flow> entry : after.flows().entrySet()) {
            if (!entry.getValue().equals(before.flows().get(entry.getKey()))) {
                put.add(entry.getValue());
            }
        }
        List<FlowKey> flowsGone = new ArrayList<>(before.flows().keySet());
        flowsGone.removeAll(after.flows().keySet());
        List<GroupId> groupsGone = new ArrayList<>(before.groups().keySet());
        groupsGone.removeAll(after.groups().keySet());
        return new FlowDelta(added, modified, put, flowsGone, groupsGone);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many messages it takes. */
    public int size() {
        return groupsToAdd.size()
                + groupsToModify.size()
                + flowsToPut.size()
                + flowsToDelete.size()
                + groupsToDelete.size();
    }
}

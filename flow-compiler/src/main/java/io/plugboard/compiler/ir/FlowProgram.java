package io.plugboard.compiler.ir;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Flows and groups: what a bridge should have, or what some of its owners contribute to that. */
public record FlowProgram(SortedMap<FlowKey, Flow> flows, SortedMap<GroupId, Group> groups) {
    public static final FlowProgram EMPTY = new FlowProgram(new TreeMap<>(), new TreeMap<>());

    public FlowProgram {
        flows = Collections.unmodifiableSortedMap(flows);
        groups = Collections.unmodifiableSortedMap(groups);
    }

    /**
     * @throws IllegalStateException when two flows have one key or two groups one id: a broken invariant of the compiler
     */
    public static FlowProgram of(Collection<Flow> flows, Collection<Group> groups) {
        SortedMap<FlowKey, Flow> byKey = new TreeMap<>();
        for (Flow flow : flows) {
            Flow other = byKey.put(flow.key(), flow);
            if (other != null) {
                throw new IllegalStateException("two flows with one key: " + flow + " and " + other);
            }
        }
        SortedMap<GroupId, Group> byId = new TreeMap<>();
        for (Group group : groups) {
            Group other = byId.put(group.id(), group);
            if (other != null) {
                throw new IllegalStateException("two groups with one id: " + group + " and " + other);
            }
        }
        return new FlowProgram(byKey, byId);
    }
}

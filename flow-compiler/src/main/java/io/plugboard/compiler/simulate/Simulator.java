package io.plugboard.compiler.simulate;

import static java.util.stream.Collectors.groupingBy;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.MatchField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Runs frames through a program (OpenFlow 1.3.5, 5.1 to 5.12). Where the specification leaves a choice it does as Open
 * vSwitch 3.1 was seen to: a frame that no flow matches still gets its action set done, and a group that does not exist
 * delivers nothing while its neighbours deliver.
 */
public final class Simulator {
    /** Open vSwitch drops a frame that nests deeper. */
    private static final int MAX_DEPTH = 64;

    private final Map<FlowTable, FlowIndex> tables = new EnumMap<>(FlowTable.class);
    private final SortedMap<GroupId, Group> groups;

    public Simulator(FlowProgram program) {
        Map<FlowTable, List<Flow>> flows = program.flows().values().stream()
                .collect(groupingBy(flow -> flow.rule().table()));
        for (FlowTable table : FlowTable.values()) {
            tables.put(table, new FlowIndex(flows.getOrDefault(table, List.of())));
        }
        groups = program.groups();
    }

    /**
     * @param inPort where the frame comes in, unsigned; nothing is ever sent out there
     * @throws IllegalStateException when two flows that do different things match at one priority, groups loop, or a tag is
     *     pushed that the switch has no room for: what becomes of the frame is then up to the switch; the message names
     *     what is wrong
     */
    public Trace run(Frame frame, int inPort) {
        return new Run(frame, inPort).trace();
    }

    /** One frame's way. */
    private final class Run {
        private final int inPort;
        private final List<Trace.Step> path = new ArrayList<>();
        private final List<Trace.Delivery> deliveries = new ArrayList<>();
        private final ActionSet actionSet = new ActionSet();
        private Packet packet;
        private long metadata;

        Run(Frame frame, int inPort) {
            this.inPort = inPort;
            packet = Packet.arriving(frame);
        }

        Trace trace() {
            Optional<FlowTable> table = Optional.of(FlowTable.PORT);
            while (table.isPresent()) {
                table = pass(table.get());
            }
            execute(actionSet.inOrder(), packet, 0);
            return new Trace(path, deliveries);
        }

        private Optional<FlowTable> pass(FlowTable table) {
            Optional<Flow> flow = index(table).lookup(this::value);
            path.add(new Trace.Lookup(table, flow));
            if (flow.isEmpty()) {
                return Optional.empty();
            }
            Instructions instructions = flow.get().instructions();
            packet = execute(instructions.apply(), packet, 0);
            actionSet.write(instructions.write());
            instructions.metadata().ifPresent(write -> metadata = metadata & ~write.mask() | write.value());
            return instructions.goTo();
        }

        private long value(MatchField field) {
            return packet.value(field, inPort, metadata);
        }

        /** The packet as these actions leave it. */
        private Packet execute(List<Action> actions, Packet before, int depth) {
            Packet current = before;
            for (Action action : actions) {
                if (action instanceof Action.Output output) {
                    output(output.port(), current);
                } else if (action instanceof Action.ToController) {
                    path.add(new Trace.ControllerCopy(current.frame()));
                } else if (action instanceof Action.ToGroup group) {
                    expand(group.group(), current, depth + 1);
                } else if (action instanceof Action.PushVlan) {
                    current = current.pushed();
                } else if (action instanceof Action.PopVlan) {
                    current = current.popped();
                } else if (action instanceof Action.SetVlan set) {
                    current = current.withVlan(set.vlan());
                } else {
                    throw new AssertionError(action);
                }
            }
            return current;
        }

        private void output(int port, Packet copy) {
            if (port != inPort) {
                deliveries.add(new Trace.Delivery(port, copy.frame()));
            }
        }

        private void expand(GroupId id, Packet copy, int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalStateException("groups nest deeper than " + MAX_DEPTH + ", the last is " + id);
            }
            Optional<Group> group = Optional.ofNullable(groups.get(id));
            path.add(new Trace.Expansion(id, group));
            group.ifPresent(found -> found.buckets()
                    .forEach(bucket -> execute(ActionSet.of(bucket).inOrder(), copy, depth)));
        }
    }

    private FlowIndex index(FlowTable table) {
        return Optional.ofNullable(tables.get(table)).orElseThrow();
    }
}

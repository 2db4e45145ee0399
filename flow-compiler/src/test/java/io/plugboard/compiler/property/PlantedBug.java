package io.plugboard.compiler.property;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A mistake that a pipeline like this one could have: what a program would be with it. */
enum PlantedBug {
    NO_REVERSE_PATH_CHECK(program -> changed(
            program,
            Rule.FORWARD_OUT_OF_REACH,
            flow -> like(flow, delivery(program, flow).orElse(flow.instructions())))),
    MIRROR_DOUBLES_A_BROADCAST(program ->
            changed(program, Rule.FLOOD_BROADCAST, flow -> alsoTo(flow, groupsOf(program, Rule.MIRROR_COPY, flow)))),
    GUARD_KNOWS_A_SHARED_MAC(program -> with(
            program,
            flows(program, Rule.FORWARD_SHARED)
                    .map(flow -> new Flow(
                            Rule.GUARD_REFLECTION,
                            flow.owner(),
                            Match.any()
                                    .with(MatchField.METADATA, Metadata.FROM_UPLINK, Metadata.FROM_UPLINK)
                                    .with(MatchField.ETH_SRC, flow.match().value(MatchField.ETH_DST)),
                            Instructions.DROP))
                    .toList())),
    NO_REFLECTION_GUARD(without(Rule.GUARD_REFLECTION)),
    UNKNOWN_UNICAST_IS_FLOODED(program -> changed(
            program,
            Rule.FORWARD_UNKNOWN,
            flow -> alsoTo(
                    flow,
                    flows(program, Rule.FLOOD_BROADCAST)
                            .flatMap(broadcast -> broadcast.instructions().apply().stream())
                            .distinct()
                            .toList()))),
    FLOOD_REACHES_VNICS_OF_OTHER_UPLINKS(program -> changed(
            program, Rule.FLOOD_BROADCAST, flow -> alsoTo(flow, groupsOf(program, Rule.FLOOD_BROADCAST, flow)))),
    A_VNIC_IS_TWICE_IN_ITS_FLOOD_GROUP(program -> new FlowProgram(
            program.flows(),
            FlowProgram.of(
                            List.of(),
                            program.groups().values().stream()
                                    .map(PlantedBug::withItsFirstBucketTwice)
                                    .toList())
                    .groups())),
    A_FURTHER_TAG_PASSES(without(Rule.SEGMENT_DOUBLE_TAG)),
    FORGED_FRAMES_PASS(program ->
            changed(program, Rule.GUARD_FORGED, flow -> like(flow, Instructions.goTo(FlowTable.FORWARD)))),
    GROUP_SOURCES_PASS(without(Rule.GUARD_GROUP_SOURCE)),
    CONTROL_FRAMES_PASS(without(Rule.GUARD_LINK_LOCAL)),
    NEIGHBOURS_HEAR_REPORTS(without(Rule.FORWARD_MEMBERSHIP_REPORT)),
    NEIGHBOURS_HEAR_REPORTS_IN_CONTROL_FRAMES(without(Rule.FORWARD_CONTROL_REPORT)),
    MULTICAST_ROUTERS_HEAR_NO_REPORTS(without(Rule.FLOOD_REPORT_TO_ROUTERS)),
    FRAMES_TO_A_BLOCKED_VNIC_LEAVE(without(Rule.FORWARD_CLOSED)),
    A_MIRROR_GETS_ITS_OWN_UNICAST_TWICE(program -> changed(
            program,
            Rule.FORWARD_VNIC,
            flow -> flow.instructions().write().isEmpty()
                    ? like(
                            flow,
                            Instructions.write(new Action.Output(portOf(program, flow)))
                                    .writing(Metadata.REACH_MASK, Metadata.REACH_MASK)
                                    .andGoTo(FlowTable.MIRROR))
                    : flow)),
    SENDERS_USE_ANOTHER_UPLINK(program -> changed(
            program,
            Rule.UPLINK_OUT,
            flow -> flows(program, Rule.UPLINK_OUT)
                    .filter(other -> !other.equals(flow))
                    .findFirst()
                    .map(other -> like(flow, other.instructions()))
                    .orElse(flow))),
    AN_ACCESS_VNIC_GETS_A_TAG(program -> changed(
            program,
            Rule.FORWARD_VNIC,
            flow -> like(
                    flow,
                    new Instructions(
                            flow.instructions().apply(),
                            flow.instructions().write().stream()
                                    .filter(action -> !(action instanceof Action.PopVlan))
                                    .toList(),
                            flow.instructions().metadata(),
                            flow.instructions().goTo())))),
    A_CLASS_LACKS_A_VLAN(program -> with(
            new FlowProgram(
                    FlowProgram.of(
                                    program.flows().values().stream()
                                            .filter(flow -> flow.rule() != Rule.SEGMENT_CLASS)
                                            .toList(),
                                    List.of())
                            .flows(),
                    program.groups()),
            flows(program, Rule.SEGMENT_CLASS).skip(1).toList())),
    A_SHARED_ADDRESS_STAYS_AT_HOME(without(Rule.FORWARD_SHARED)),
    A_PREPARED_VNIC_SPEAKS(program -> changed(
            program,
            Rule.PORT_PREPARED,
            flow -> like(
                    flow,
                    Instructions.goTo(FlowTable.SEGMENT)
                            .writing(Metadata.REACH_MASK | Metadata.POPPED, Metadata.USED_BITS)))),
    THE_FORMER_UPLINK_IS_FORGOTTEN_AT_ONCE(without(Rule.FORWARD_FORMER_UPLINK));

    private final UnaryOperator<FlowProgram> plant;

    PlantedBug(UnaryOperator<FlowProgram> plant) {
        this.plant = plant;
    }

    /** The program with this bug; the same where it makes no difference. */
    FlowProgram in(FlowProgram program) {
        return plant.apply(program);
    }

    private static UnaryOperator<FlowProgram> without(Rule rule) {
        return program -> new FlowProgram(
                FlowProgram.of(
                                program.flows().values().stream()
                                        .filter(flow -> flow.rule() != rule)
                                        .toList(),
                                List.of())
                        .flows(),
                program.groups());
    }

    private static FlowProgram changed(FlowProgram program, Rule rule, UnaryOperator<Flow> change) {
        List<Flow> flows = program.flows().values().stream()
                .map(flow -> flow.rule() == rule ? change.apply(flow) : flow)
                .toList();
        return new FlowProgram(FlowProgram.of(flows, List.of()).flows(), program.groups());
    }

    /** What has the same key is replaced. */
    private static FlowProgram with(FlowProgram program, Collection<Flow> more) {
        SortedMap<FlowKey, Flow> flows = new TreeMap<>(program.flows());
        more.forEach(flow -> flows.put(flow.key(), flow));
        return new FlowProgram(flows, program.groups());
    }

    private static Stream<Flow> flows(FlowProgram program, Rule rule) {
        return program.flows().values().stream().filter(flow -> flow.rule() == rule);
    }

    private static Flow like(Flow flow, Instructions instructions) {
        return new Flow(flow.rule(), flow.owner(), flow.match(), instructions);
    }

    private static Flow alsoTo(Flow flow, List<Action> more) {
        List<Action> all = new ArrayList<>(flow.instructions().apply());
        more.stream().filter(action -> !all.contains(action)).forEach(all::add);
        return like(flow, flow.instructions().applying(all.toArray(Action[]::new)));
    }

    /** How the vNIC to which this flow belongs gets a frame that is for it. */
    private static Optional<Instructions> delivery(FlowProgram program, Flow flow) {
        return flows(program, Rule.FORWARD_VNIC)
                .filter(other -> other.owner().equals(flow.owner()))
                .map(Flow::instructions)
                .findFirst();
    }

    /** All groups to which the flows of this rule and of the same owner send. */
    private static List<Action> groupsOf(FlowProgram program, Rule rule, Flow flow) {
        return flows(program, rule)
                .filter(other -> other.owner().equals(flow.owner()))
                .map(Flow::instructions)
                .map(Instructions::apply)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    private static int portOf(FlowProgram program, Flow flow) {
        Function<Flow, Integer> port = other -> (int) other.match().value(MatchField.IN_PORT);
        return flows(program, Rule.GUARD_FORGED)
                .filter(other -> other.owner().equals(flow.owner()))
                .map(port)
                .findFirst()
                .orElseThrow();
    }

    private static Group withItsFirstBucketTwice(Group group) {
        if (group.buckets().isEmpty() || group.buckets().get(0).get(0) instanceof Action.ToGroup) {
            return group;
        }
        List<List<Action>> buckets = new ArrayList<>(group.buckets());
        buckets.add(group.buckets().get(0));
        return new Group(group.id(), buckets);
    }
}

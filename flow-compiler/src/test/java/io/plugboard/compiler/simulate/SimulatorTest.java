package io.plugboard.compiler.simulate;

import static io.plugboard.compiler.ir.FlowTable.FORWARD;
import static io.plugboard.compiler.ir.FlowTable.GUARD;
import static io.plugboard.compiler.ir.FlowTable.SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.simulate.Trace.Delivery;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final MacAddress ALICE = MacAddress.parse("52:54:00:00:00:01");
    private static final MacAddress BOB = MacAddress.parse("52:54:00:00:00:02");
    private static final Frame FRAME = Frame.of(BOB, ALICE, EtherType.ARP);
    private static final int IN_PORT = 1;
    private static final Action POP = new Action.PopVlan();
    private static final Action PUSH = new Action.PushVlan();
    private static final Action SET_100 = new Action.SetVlan(new VlanId(100));

    private final List<Flow> flows = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    @Test
    void takesTheHighestPriority() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.DROP);
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().inPort(IN_PORT), Instructions.apply(output(2)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(2, FRAME));
    }

    @Test
    void takesTheHighestPriorityOfManyKindsOfMatches() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.DROP);
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().inPort(IN_PORT), Instructions.apply(output(2)));
        flow(Rule.PORT_UPLINK_PRIORITY_TAG, Match.any().inPort(IN_PORT).untagged(), Instructions.apply(output(3)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(3, FRAME));
    }

    @Test
    void namesBothFlowsWhenTwoOfOnePriorityMatchAndDiffer() {
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().inPort(IN_PORT), Instructions.apply(output(2)));
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().untagged(), Instructions.apply(output(3)));

        assertThatThrownBy(() -> run(FRAME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("ambiguous", "in_port=1 actions=output:2", "vlan_vid=0x0 actions=output:3");
    }

    @Test
    void toleratesTwoFlowsOfOnePriorityThatDoTheSame() {
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().inPort(IN_PORT), Instructions.apply(output(2)));
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().untagged(), Instructions.apply(output(2)));

        assertThat(deliveries(FRAME)).hasSize(1);
    }

    @Test
    void ignoresAmbiguityBelowTheFlowThatMatches() {
        flow(Rule.PORT_UPLINK_PRIORITY_TAG, Match.any().untagged(), Instructions.apply(output(4)));
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().inPort(IN_PORT), Instructions.apply(output(2)));
        flow(Rule.PORT_VNIC_UNTAGGED, Match.any().untagged(), Instructions.apply(output(3)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(4, FRAME));
    }

    @Test
    void matchesMetadataThatTablesBeforeHaveWritten() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.goTo(SEGMENT).writing(0xf0, 0xff));
        flow(Rule.SEGMENT_ON, Match.any(), Instructions.goTo(GUARD).writing(0x03, 0x0f));
        flow(Rule.GUARD_UPLINK, Match.any().with(MatchField.METADATA, 0xf3), Instructions.goTo(FORWARD));
        flow(Rule.FORWARD_UNKNOWN, Match.any().with(MatchField.METADATA, 0x80, 0x8c), Instructions.apply(output(2)));

        assertThat(deliveries(FRAME)).hasSize(1);
    }

    @Test
    void appliesActionsInTheirOrder() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(output(2), PUSH, SET_100, output(3), POP, output(4)));

        assertThat(deliveries(FRAME))
                .containsExactly(new Delivery(2, FRAME), new Delivery(3, FRAME.tagged(100)), new Delivery(4, FRAME));
    }

    @Test
    void handsTheFrameAsItIsNowToTheNextTable() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.goTo(SEGMENT).applying(PUSH, SET_100));
        flow(Rule.SEGMENT_DOUBLE_TAG, Match.any().vlan(new VlanId(100)), Instructions.apply(output(2)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(2, FRAME.tagged(100)));
    }

    @Test
    void executesTheActionSetAtTheEndAndInItsOwnOrder() {
        flow(
                Rule.PORT_UNUSED,
                Match.any(),
                Instructions.write(output(2), SET_100, PUSH).andGoTo(SEGMENT));
        flow(Rule.SEGMENT_ON, Match.any(), Instructions.apply(output(3)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(3, FRAME), new Delivery(2, FRAME.tagged(100)));
    }

    @Test
    void replacesAnActionOfTheSameKindInTheActionSet() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.write(output(2)).andGoTo(SEGMENT));
        flow(Rule.SEGMENT_ON, Match.any(), Instructions.write(output(3)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(3, FRAME));
    }

    @Test
    void prefersTheGroupOfAnActionSetToItsOutput() {
        group(7, List.of(List.of(output(3))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.write(toGroup(7), output(2)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(3, FRAME));
    }

    @Test
    void executesTheActionSetOfAFrameThatNoFlowOfALaterTableMatches() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.write(output(2)).andGoTo(SEGMENT));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(2, FRAME));
    }

    @Test
    void givesEachBucketACopyOfItsOwn() {
        group(7, List.of(List.of(output(2), POP), List.of(output(3))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(toGroup(7), output(4)));
        Frame tagged = FRAME.tagged(100);

        assertThat(deliveries(tagged))
                .containsExactly(new Delivery(2, FRAME), new Delivery(3, tagged), new Delivery(4, tagged));
    }

    @Test
    void expandsGroupsWithinGroups() {
        group(7, List.of(List.of(toGroup(8)), List.of(POP, toGroup(9))));
        group(8, List.of(List.of(output(2)), List.of(output(3))));
        group(9, List.of(List.of(output(4))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(toGroup(7)));
        Frame tagged = FRAME.tagged(100);

        assertThat(deliveries(tagged))
                .containsExactly(new Delivery(2, tagged), new Delivery(3, tagged), new Delivery(4, FRAME));
    }

    @Test
    void deliversNothingThroughAGroupThatDoesNotExist() {
        group(7, List.of(List.of(toGroup(8)), List.of(output(3))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(toGroup(7)));

        Trace trace = run(FRAME);

        assertThat(trace.deliveries()).containsExactly(new Delivery(3, FRAME));
        assertThat(trace.toString()).contains("group 8: no such group: nothing");
    }

    @Test
    void refusesGroupsThatLoop() {
        group(7, List.of(List.of(toGroup(8))));
        group(8, List.of(List.of(toGroup(7))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(toGroup(7)));

        assertThatThrownBy(() -> run(FRAME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("groups nest deeper than 64");
    }

    @Test
    void sendsNothingBackWhereItCameFrom() {
        group(7, List.of(List.of(output(IN_PORT)), List.of(output(2))));
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(output(IN_PORT), toGroup(7)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(2, FRAME));
    }

    @Test
    void seesAFurtherTagAsPayloadEvenWhenTheOuterIsGone() {
        flow(
                Rule.PORT_UNUSED,
                Match.any().priorityTagged(),
                Instructions.goTo(SEGMENT).applying(POP));
        flow(Rule.SEGMENT_DOUBLE_TAG, Match.any().untagged().ethType(EtherType.VLAN), Instructions.apply(output(2)));

        assertThat(deliveries(FRAME.tagged(200).tagged(0))).containsExactly(new Delivery(2, FRAME.tagged(200)));
    }

    @Test
    void keepsTheKindAndPriorityOfATagWhoseIdIsSet() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(SET_100, output(2)));

        assertThat(deliveries(FRAME.tagged(new VlanTag(EtherType.SERVICE_VLAN, 0, 5))))
                .containsExactly(new Delivery(2, FRAME.tagged(new VlanTag(EtherType.SERVICE_VLAN, 100, 5))));
    }

    @Test
    void addsATagWhereTheIdOfNoneIsSet() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(SET_100, output(2)));

        assertThat(deliveries(FRAME)).containsExactly(new Delivery(2, FRAME.tagged(100)));
    }

    @Test
    void pushesATagWithoutIdAndPriorityBeforeAnother() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(PUSH, output(2)));
        Frame tagged = FRAME.tagged(new VlanTag(EtherType.VLAN, 100, 5));

        assertThat(deliveries(tagged)).containsExactly(new Delivery(2, tagged.tagged(0)));
    }

    @Test
    void refusesATagThatOpenVSwitchWouldLose() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(PUSH, PUSH, output(2)));

        assertThat(deliveries(FRAME))
                .containsExactly(new Delivery(2, FRAME.tagged(0).tagged(0)));
        assertThatThrownBy(() -> run(FRAME.tagged(100)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a tag more than the switch has room for");
    }

    @Test
    void matchesProtocolsBehindOneTagButNotBehindTwo() {
        Match igmp = Match.any().ethType(EtherType.IPV4).with(MatchField.IP_PROTO, IpProtocol.IGMP);
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.goTo(SEGMENT));
        flow(Rule.SEGMENT_ON, Match.any(), Instructions.goTo(GUARD));
        flow(Rule.GUARD_MISS, Match.any(), Instructions.goTo(FORWARD));
        flow(Rule.FORWARD_MEMBERSHIP_REPORT, igmp, Instructions.apply(output(2)));
        Frame report = Frame.ipv4(BOB, ALICE, IpProtocol.IGMP);

        assertThat(deliveries(report.tagged(100))).hasSize(1);
        assertThat(deliveries(report.tagged(100).tagged(200))).isEmpty();
        assertThat(deliveries(Frame.ipv4(BOB, ALICE, IpProtocol.UDP))).isEmpty();
    }

    @Test
    void notesCopiesToTheControllerAndDeliversNothingByThem() {
        flow(
                Rule.PORT_UNUSED,
                Match.any(),
                Instructions.apply(PUSH, SET_100, new Action.ToController(), POP, output(2)));

        Trace trace = run(FRAME);

        assertThat(trace.deliveries()).containsExactly(new Delivery(2, FRAME));
        assertThat(trace.path()).contains(new Trace.ControllerCopy(FRAME.tagged(100)));
        assertThat(trace.toString()).contains("\na copy to the controller: " + FRAME.tagged(100) + "\n");
    }

    @Test
    void keepsOneOutputInTheActionSetThoughItIsToTheController() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.write(output(2), new Action.ToController()));

        Trace trace = run(FRAME);

        assertThat(trace.deliveries()).isEmpty();
        assertThat(trace.path()).contains(new Trace.ControllerCopy(FRAME));
    }

    @Test
    void tellsTheWayOfTheFrameAndWhy() {
        flow(Rule.PORT_UNUSED, Match.any(), Instructions.goTo(SEGMENT));
        flow(Rule.SEGMENT_ON, Match.any(), Instructions.goTo(GUARD));

        assertThat(run(FRAME)).hasToString("""
                PORT: the port is neither an uplink nor a vNIC's, or does not take this tag: dropped \
                (cookie=0x706c010100000000, table=0, priority=0 actions=goto_table:1)
                SEGMENT: tagged as it should be \
                (cookie=0x706c0c0100000000, table=1, priority=0 actions=goto_table:2)
                GUARD: no flow matches
                delivered to nobody""");
    }

    private void flow(Rule rule, Match match, Instructions instructions) {
        flows.add(new Flow(rule, new Owner.OfBridge(), match, instructions));
    }

    private void group(int id, List<List<Action>> buckets) {
        groups.add(new Group(new GroupId(id), buckets));
    }

    private static Action output(int port) {
        return new Action.Output(port);
    }

    private static Action toGroup(int id) {
        return new Action.ToGroup(new GroupId(id));
    }

    private Trace run(Frame frame) {
        return new Simulator(FlowProgram.of(flows, groups)).run(frame, IN_PORT);
    }

    private List<Delivery> deliveries(Frame frame) {
        return run(frame).deliveries();
    }
}

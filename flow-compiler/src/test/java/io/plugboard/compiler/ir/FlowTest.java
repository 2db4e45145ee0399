package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final Owner BRIDGE = new Owner.OfBridge();

    @Test
    void readsAsOvsOfctlPrintsIt() {
        Instructions everything = Instructions.write(new Action.PopVlan(), new Action.Output(2))
                .applying(
                        new Action.PushVlan(), new Action.SetVlan(new VlanId(100)), new Action.ToGroup(new GroupId(7)))
                .writing(0x12, -1L)
                .andGoTo(FlowTable.UPLINK);

        assertThat(new Flow(Rule.FORWARD_UNKNOWN, BRIDGE, Match.any(), everything))
                .hasToString("cookie=0x706c220100000000, table=3, priority=0 "
                        + "actions=push_vlan:0x8100,set_field:4196->vlan_vid,group:7,"
                        + "write_actions(pop_vlan,output:2),write_metadata:0x12,goto_table:8");
        assertThat(new Flow(Rule.PORT_UNUSED, BRIDGE, Match.any(), Instructions.DROP))
                .hasToString("cookie=0x706c010100000000, table=0, priority=0 actions=drop");
    }

    @Test
    void matchesNoFieldThatItsTableDoesNotDeclare() {
        Match bySource = Match.any().ethSrc(MacAddress.BROADCAST);

        assertThatThrownBy(() -> new Flow(Rule.PORT_UNUSED, BRIDGE, bySource, Instructions.DROP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table PORT does not match all of dl_src=ff:ff:ff:ff:ff:ff");
    }

    @Test
    void goesToNoTableThatItsOwnDoesNotDeclare() {
        Instructions back = Instructions.goTo(FlowTable.GUARD);

        assertThatThrownBy(() -> new Flow(Rule.FORWARD_UNKNOWN, BRIDGE, Match.any(), back))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no flow of table FORWARD goes to GUARD");
    }

    @Test
    void ofWhichAProgramHasTwoOfOneKeyIsABrokenInvariant() {
        Flow flow = new Flow(Rule.PORT_UNUSED, BRIDGE, Match.any(), Instructions.DROP);
        Group group = new Group(new GroupId(7), List.of());

        assertThatThrownBy(() -> FlowProgram.of(List.of(flow, flow), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two flows with one key");
        assertThatThrownBy(() -> FlowProgram.of(List.of(), List.of(group, group)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two groups with one id");
    }

    @Test
    void sendsToNoGroupThatDoesNotFitAMessage() {
        List<Action> bucket = List.of(new Action.PopVlan(), new Action.Output(1));

        assertThat(new Group(new GroupId(7), Collections.nCopies(Group.MAX_BUCKETS, bucket)).buckets())
                .hasSize(1637);
        assertThatThrownBy(() -> new Group(new GroupId(7), Collections.nCopies(1638, bucket)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would have 1638 buckets");
    }

    @Test
    void writesNoMetadataOutsideItsMask() {
        assertThatThrownBy(() -> Instructions.DROP.writing(0x10, 0x0f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metadata 0x10 has bits outside its mask 0xf");
    }
}

package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenFlowServerIT {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");

    private static final MacAddress MAC = MacAddress.parse("52:54:00:00:00:01");

    /** Reserved, and without a meaning. */
    private static final int NO_PORT = 0xffffff01;

    private static final int OFPP_TABLE = 0xfffffff9;
    private static final int OFPP_CONTROLLER = 0xfffffffd;

    private final SwitchesUp events = new SwitchesUp();
    private final OpenFlowServer server = new OpenFlowServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, SessionLimits.defaults());
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);

    @BeforeEach
    void start() throws IOException {
        server.start();
        ovs.addBridge("br0", DPID);
        ovs.addDummyPorts("br0", 3);
    }

    @AfterEach
    void stop() {
        ovs.close();
        server.close();
    }

    @Test
    void learnsWhatOpenVSwitchCanDo() {
        SwitchConnection connection = connect();

        assertThat(connection.datapathId()).isEqualTo(DPID);
        assertThat(connection.profile().misfits()).isEmpty();
        assertThat(connection.profile().tables()).isEqualTo(254);
        assertThat(connection.profile().metadata()).isEqualTo(-1L);
        assertThat(connection.profile().bundles()).isTrue();
    }

    @Test
    void readsBackEveryVariantAsItWasSent() {
        List<Group> groups = List.of(
                new Group(new GroupId(3), List.of(List.of(new Action.Output(1)), List.of(new Action.Output(2)))),
                new Group(new GroupId(2), List.of(List.of(new Action.PopVlan(), new Action.Output(PortRef.LOCAL)))),
                new Group(new GroupId(4), List.of(List.of(new Action.ToController()), List.of(new Action.Output(1)))),
                new Group(new GroupId(1), List.of(List.of(new Action.ToGroup(new GroupId(3))))),
                new Group(new GroupId(0), List.of()));
        List<Flow> flows = List.of(
                flow(Rule.PORT_UNUSED, Match.any(), Instructions.DROP),
                flow(
                        Rule.PORT_VNIC_UNTAGGED,
                        Match.any().inPort(1).vlan(VlanId.UNTAGGED),
                        Instructions.goTo(FlowTable.SEGMENT)
                                .applying(new Action.PushVlan(), new Action.SetVlan(new VlanId(100)))
                                .writing(0x1f_ffff_ffffL, 0x7f_ffff_ffffL)),
                flow(
                        Rule.PORT_VNIC_PRIORITY_TAG,
                        Match.any().inPort(1).priorityTagged(),
                        Instructions.apply(new Action.PopVlan())),
                flow(
                        Rule.PORT_UPLINK_TAGGED,
                        Match.any().inPort(PortRef.LOCAL).tagged(),
                        Instructions.goTo(FlowTable.SEGMENT)),
                flow(Rule.SEGMENT_DOUBLE_TAG, Match.any().tagged().ethType(0x8100), Instructions.DROP),
                flow(
                        Rule.GUARD_GROUP_SOURCE,
                        Match.any().with(MatchField.ETH_SRC, 1L << 40, 1L << 40),
                        Instructions.DROP),
                flow(Rule.GUARD_VNIC_SOURCE, Match.any().inPort(1).ethSrc(MAC), Instructions.goTo(FlowTable.FORWARD)),
                flow(
                        Rule.GUARD_LINK_LOCAL,
                        Match.any().with(MatchField.ETH_DST, 0x0180_c200_0000L, 0xffff_ffff_fff0L),
                        Instructions.DROP),
                flow(
                        Rule.FORWARD_MEMBERSHIP_REPORT,
                        Match.any().ethType(0x0800).with(MatchField.IP_PROTO, 2),
                        Instructions.goTo(FlowTable.UPLINK)),
                flow(
                        Rule.FORWARD_MEMBERSHIP_REPORT,
                        Match.any()
                                .ethType(0x86dd)
                                .with(MatchField.IP_PROTO, 58)
                                .with(MatchField.ICMPV6_TYPE, 143),
                        Instructions.goTo(FlowTable.UPLINK).applying(new Action.ToController())),
                flow(
                        Rule.FORWARD_VNIC,
                        Match.any().vlan(new VlanId(100)).ethDst(MAC).with(MatchField.METADATA, 1, 1),
                        Instructions.write(new Action.PopVlan(), new Action.Output(1))),
                flow(
                        Rule.FLOOD_MULTICAST,
                        Match.any().with(MatchField.METADATA, -1L),
                        Instructions.apply(new Action.ToGroup(new GroupId(1))).andGoTo(FlowTable.FLOOD_TRUNK)));
        List<SwitchCommand> commands = new ArrayList<>();
        groups.forEach(group -> commands.add(new SwitchCommand.AddGroup(group)));
        flows.forEach(flow -> commands.add(new SwitchCommand.PutFlow(flow)));
        SwitchConnection connection = connect();

        assertThat(await(connection.send(commands))).isEmpty();
        Installed installed = await(connection.readBack());

        assertThat(installed.groups().values()).containsExactlyInAnyOrderElementsOf(groups);
        assertThat(installed.flows().values())
                .extracting(InstalledFlow::key, InstalledFlow::cookie, InstalledFlow::instructions)
                .containsExactlyInAnyOrderElementsOf(flows.stream()
                        .map(flow -> tuple(flow.key(), flow.cookie().bits(), flow.instructions()))
                        .toList());
        assertThat(installed.foreignFlows()).isEmpty();
        assertThat(installed.foreignGroups()).isEmpty();
    }

    @Test
    void namesTheCommandThatTheSwitchRefused() {
        Group good = new Group(new GroupId(1), List.of(List.of(new Action.Output(1))));
        SwitchCommand again = new SwitchCommand.AddGroup(good);
        SwitchCommand dangling = new SwitchCommand.PutFlow(
                flow(Rule.FLOOD_MULTICAST, Match.any(), Instructions.apply(new Action.ToGroup(new GroupId(77)))));
        SwitchCommand fine = new SwitchCommand.PutFlow(flow(Rule.FLOOD_MISS, Match.any(), Instructions.DROP));
        SwitchConnection connection = connect();

        List<Refusal> refusals =
                await(connection.send(List.of(new SwitchCommand.AddGroup(good), again, dangling, fine)));

        assertThat(refusals)
                .containsExactly(
                        new Refusal(again, "OFPGMFC_GROUP_EXISTS"), new Refusal(dangling, "OFPBAC_BAD_OUT_GROUP"));
        assertThat(await(connection.readBack()).flows()).hasSize(1);
    }

    @Test
    void deletesFlowsAndGroups() {
        Group group = new Group(new GroupId(1), List.of(List.of(new Action.Output(1))));
        Flow kept = flow(Rule.FLOOD_MISS, Match.any(), Instructions.DROP);
        Flow gone = flow(Rule.FLOOD_MULTICAST, Match.any(), Instructions.DROP);
        SwitchConnection connection = connect();
        await(connection.send(List.of(
                new SwitchCommand.AddGroup(group), new SwitchCommand.PutFlow(kept), new SwitchCommand.PutFlow(gone))));

        assertThat(await(connection.send(
                        List.of(new SwitchCommand.DeleteFlow(gone.key()), new SwitchCommand.DeleteGroup(group.id())))))
                .isEmpty();

        Installed installed = await(connection.readBack());
        assertThat(installed.flows()).containsOnlyKeys(kept.key());
        assertThat(installed.groups()).isEmpty();
    }

    @Test
    void deletesForeignFlowsAndNothingElse() {
        Flow kept = flow(Rule.FLOOD_MISS, Match.any(), Instructions.DROP);
        Flow changed = flow(Rule.FLOOD_MULTICAST, Match.any(), Instructions.DROP);
        SwitchConnection connection = connect();
        await(connection.send(List.of(new SwitchCommand.PutFlow(kept), new SwitchCommand.PutFlow(changed))));
        ovs.ofctl("add-flow", "br0", "table=6,cookie=" + kept.cookie() + ",priority=5,tcp,tp_dst=22,actions=drop");
        ovs.ofctl("--strict", "mod-flows", "br0", "table=6,priority=100,actions=set_field:02:00:00:00:00:01->eth_dst");

        List<Installed.ForeignFlow> foreign = await(connection.readBack()).foreignFlows();
        assertThat(foreign)
                .extracting(
                        Installed.ForeignFlow::table, Installed.ForeignFlow::priority, Installed.ForeignFlow::cookie)
                .containsExactlyInAnyOrder(
                        tuple(6, 5, kept.cookie().bits()),
                        tuple(6, 100, changed.cookie().bits()));
        assertThat(foreign)
                .extracting(Installed.ForeignFlow::description)
                .anySatisfy(text -> assertThat(text).contains("tcp_dst=22"));

        assertThat(await(connection.send(foreign.stream()
                        .<SwitchCommand>map(SwitchCommand.DeleteForeignFlow::new)
                        .toList())))
                .isEmpty();
        Installed installed = await(connection.readBack());
        assertThat(installed.flows()).containsOnlyKeys(kept.key());
        assertThat(installed.foreignFlows()).isEmpty();
    }

    @Test
    void readsBackAHundredThousandFlows() {
        List<SwitchCommand> commands = IntStream.range(0, 100_000)
                .<SwitchCommand>mapToObj(i -> new SwitchCommand.PutFlow(new Flow(
                        Rule.FORWARD_VNIC,
                        new Owner.OfVnic(i),
                        Match.any().vlan(new VlanId(100)).ethDst(new MacAddress(0x5254_0000_0000L + i)),
                        Instructions.write(new Action.PopVlan(), new Action.Output(1 + i % 3)))))
                .toList();
        SwitchConnection connection = connect();

        assertThat(await(connection.send(commands))).isEmpty();
        Installed installed = await(connection.readBack());

        assertThat(installed.flows()).hasSize(100_000);
        assertThat(installed.flows().values())
                .allSatisfy(
                        flow -> assertThat(new Cookie(flow.cookie()).owner()).isPresent());
        assertThat(installed.foreignFlows()).isEmpty();
    }

    @Test
    void findsFlowsByTableAndCookie() {
        Flow forged =
                new Flow(Rule.GUARD_FORGED, new Owner.OfVnic(1), Match.any().inPort(1), Instructions.DROP);
        Flow own = new Flow(
                Rule.GUARD_VNIC_SOURCE,
                new Owner.OfVnic(1),
                Match.any().inPort(1).ethSrc(MAC),
                Instructions.DROP);
        SwitchConnection connection = connect();
        await(connection.send(List.of(new SwitchCommand.PutFlow(forged), new SwitchCommand.PutFlow(own))));

        assertThat(await(connection.flows(FlowTable.GUARD, Cookie.of(Rule.GUARD_FORGED), Cookie.RULE_MASK)))
                .extracting(InstalledFlow::key)
                .containsExactly(forged.key());
    }

    @Test
    void countsFramesOfPorts() {
        SwitchConnection connection = connect();
        await(connection.send(List.of(new SwitchCommand.PutFlow(
                flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(new Action.Output(2)))))));
        ovs.appctl("netdev-dummy/receive", "br0-1", "5254000000015254000000020800" + "00".repeat(46));
        ovs.forgetDecisions();

        Map<Integer, PortCounters> counters = await(connection.portCounters());

        assertThat(counters).containsOnlyKeys(1, 2, 3, PortRef.LOCAL);
        assertThat(counters.get(1).receivedFrames()).isEqualTo(1);
        assertThat(counters.get(1).receivedBytes()).isEqualTo(60);
        assertThat(counters.get(2).sentFrames()).isEqualTo(1);
    }

    @Test
    void sendsOutFramesOfItsOwnAndGetsCopiesWithAllOctets() {
        SwitchConnection connection = connect();
        Flow copying = flow(Rule.PORT_UNUSED, Match.any(), Instructions.apply(new Action.ToController()));
        await(connection.send(List.of(new SwitchCommand.PutFlow(copying))));
        byte[] octets = new byte[1_500];
        Octets frame = Octets.of(octets);

        await(connection.emit(List.of(new PacketOut(2, frame), new PacketOut(OFPP_TABLE, frame))));

        PacketIn copy = events.awaitPacketIn();
        assertThat(copy)
                .isEqualTo(new PacketIn(OFPP_CONTROLLER, 0, copying.cookie().bits(), frame));
        await(connection.send(List.of()));
        assertThat(await(connection.portCounters()).get(2).sentBytes()).isEqualTo(1_500);
        await(connection.emit(List.of(new PacketOut(NO_PORT, frame))));
        assertThat(events.awaitComplaint()).isEqualTo("OFPBAC_BAD_OUT_PORT");
    }

    @Test
    void hearsOfPortsThatComeAndGo() {
        connect();
        assertThat(events.awaitPorts().ports()).containsOnlyKeys(1, 2, 3, PortRef.LOCAL);

        ovs.vsctl("add-port", "br0", "br0-4", "--", "set", "Interface", "br0-4", "type=dummy", "ofport_request=4");
        Observed.Port port = events.awaitPortPut();
        assertThat(port.number()).isEqualTo(4);
        assertThat(port.name()).isEqualTo("br0-4");

        ovs.vsctl("del-port", "br0", "br0-4");
        assertThat(events.awaitPortGone()).isEqualTo(4);
    }

    @Test
    void givesUpASwitchThatStandsStillAndTakesItAgain() throws IOException {
        SessionLimits impatient = new SessionLimits(
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                1 << 20,
                10);
        try (OpenFlowServer watchful =
                new OpenFlowServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, impatient)) {
            watchful.start();
            ovs.setController("br0", watchful.localAddress().getPort());
            events.awaitConnected();

            ovs.pauseVswitchd();
            assertThat(events.awaitDisconnected()).isEqualTo("it has not answered 2 echo requests");
            ovs.resumeVswitchd();

            assertThat(events.awaitConnected().datapathId()).isEqualTo(DPID);
        }
    }

    @Test
    void seesTheSwitchGoAndComeBack() {
        connect();

        ovs.killVswitchd();
        events.awaitDisconnected();
        ovs.restartVswitchd();

        assertThat(events.awaitConnected().datapathId()).isEqualTo(DPID);
    }

    private static Flow flow(Rule rule, Match match, Instructions instructions) {
        return new Flow(rule, new Owner.OfBridge(), match, instructions);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private SwitchConnection connect() {
        ovs.setController("br0", server.localAddress().getPort());
        return events.awaitConnected();
    }
}

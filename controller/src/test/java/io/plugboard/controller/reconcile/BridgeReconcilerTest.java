package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.observe.StatusReport;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BridgeReconcilerTest {
    private static final DatapathId DPID = new DatapathId(0xa1);
    private static final PortGroupName RED = new PortGroupName("red");

    private final ManualTimer timer = new ManualTimer();
    private final FakeSwitch ovs = new FakeSwitch(DPID);
    private final BridgeReconciler reconciler = new BridgeReconciler(
            DPID,
            Topology.EMPTY,
            MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor()),
            timer,
            state -> {},
            new NobodyIsTold());
    private Topology topology = Topology.EMPTY;

    private void apply(TopologyChange... changes) {
        try {
            Topology.Applied applied = topology.apply(List.of(changes));
            topology = applied.topology();
            reconciler.topologyChanged(topology, applied.touched());
        } catch (ChangeRejected rejected) {
            throw new AssertionError(rejected);
        }
    }

    private void putBridge() {
        apply(
                new TopologyChange.BridgePut(new Bridge(DPID, "host-a", List.of("up1"))),
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))));
    }

    private static TopologyChange attach(int number) {
        return new TopologyChange.VnicAttached(new Vnic(
                id(number),
                new Place(DPID, new PortRef.ByName("tap" + number)),
                new MacAddress(0x5254_0000_0000L + number),
                RED,
                Vnic.Source.REST));
    }

    private static TopologyChange detach(int number) {
        return new TopologyChange.VnicDetached(id(number));
    }

    private static VnicId id(int number) {
        return new VnicId("vnic-" + number);
    }

    private static Observed.Port tap(int number) {
        return port(100 + number, "tap" + number);
    }

    private static Observed.Port port(int number, String name) {
        return new Observed.Port(number, name, new MacAddress(0x0200_0000_0000L + number), true);
    }

    private static Observed ports(int taps) {
        List<Observed.Port> ports = new ArrayList<>(List.of(port(1, "up1")));
        for (int number = 1; number <= taps; number++) {
            ports.add(tap(number));
        }
        return Observed.of(ports);
    }

    private BridgeView desired() {
        return new BridgeView(topology, DPID, reconciler.state().observed(), Set.of());
    }

    private VnicStatus status(int number) {
        return new StatusReport(topology, reconciler.state())
                .vnic(topology.attachment(id(number)).orElseThrow());
    }

    @Test
    void writesNothingToBridgeThatNobodyPut() {
        ovs.flows.put(
                new FlowKey(0, 0, Match.any()),
                new InstalledFlow(new FlowKey(0, 0, Match.any()), 0, Instructions.DROP, 0, 0));
        reconciler.connected(ovs, ports(2));
        assertThat(ovs.received).isEmpty();
        assertThat(reconciler.resync().toCompletableFuture()).isCompleted();
        assertThat(ovs.received).isEmpty();
    }

    @Test
    void makesSwitchWhatItShouldBeOnConnectAndSendsNothingTheSecondTime() {
        putBridge();
        apply(attach(1), attach(2));
        reconciler.connected(ovs, ports(2));
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);

        FakeSwitch again = ovs.reconnected();
        reconciler.disconnected(ovs, "test");
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.PENDING);
        assertThat(status(1).reason()).contains("not connected");
        reconciler.connected(again, ports(2));
        assertThat(again.received).isEmpty();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(reconciler.state().lastSync().orElseThrow().flowsAdded()).isZero();
    }

    @Test
    void programsBridgeThatIsPutWhileConnectedAndClearsItWhenDeleted() {
        reconciler.connected(ovs, ports(1));
        putBridge();
        apply(attach(1));
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(ovs.flows).isNotEmpty();

        apply(detach(1), new TopologyChange.BridgeDeleted(DPID));
        assertThat(ovs.flows).isEmpty();
        assertThat(ovs.groups).isEmpty();
    }

    @Test
    void oneMoreVnicCostsItsOwnFlowsAndOneLink() {
        putBridge();
        for (int number = 1; number <= 100; number++) {
            apply(attach(number));
        }
        reconciler.connected(ovs, ports(101));
        ovs.received.clear();
        apply(attach(101));
        assertThat(ovs.received)
                .filteredOn(SwitchCommand.PutFlow.class::isInstance)
                .hasSize(7);
        assertThat(ovs.received)
                .filteredOn(SwitchCommand.ModifyGroup.class::isInstance)
                .hasSize(1);
        assertThat(ovs.received).hasSize(8);
    }

    @Test
    void sendsGroupsBeforeTheirFlowsAndLeavesBeforeRoots() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.received.clear();
        apply(attach(1));
        List<GroupId> groups = ovs.received.stream()
                .filter(SwitchCommand.AddGroup.class::isInstance)
                .map(command -> ((SwitchCommand.AddGroup) command).group().id())
                .toList();
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0)).isGreaterThan(groups.get(1));
        assertThat(ovs.received.subList(0, 2)).allMatch(SwitchCommand.AddGroup.class::isInstance);

        ovs.received.clear();
        apply(detach(1));
        int lastFlow = lastIndex(SwitchCommand.DeleteFlow.class);
        assertThat(ovs.received.subList(lastFlow + 1, ovs.received.size()))
                .hasSize(2)
                .allMatch(SwitchCommand.DeleteGroup.class::isInstance);
        assertThat(((SwitchCommand.DeleteGroup) ovs.received.get(lastFlow + 1)).id())
                .isEqualTo(groups.get(1));
    }

    private int lastIndex(Class<? extends SwitchCommand> kind) {
        int last = -1;
        for (int index = 0; index < ovs.received.size(); index++) {
            if (kind.isInstance(ovs.received.get(index))) {
                last = index;
            }
        }
        return last;
    }

    @Test
    void coalescesWhatComesWhileBarrierIsUnderWay() {
        putBridge();
        reconciler.connected(ovs, ports(3));
        ovs.received.clear();
        ovs.answersAtOnce = false;
        apply(attach(1));
        int sent = ovs.received.size();
        apply(attach(2));
        apply(attach(3));
        apply(detach(2));
        assertThat(ovs.received).hasSize(sent);
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.PENDING);
        ovs.answer();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(ovs.received)
                .filteredOn(command -> command instanceof SwitchCommand.PutFlow put
                        && put.flow().owner() instanceof Owner.OfVnic)
                .hasSize(14);
        ovs.answer();
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(status(3).state()).isEqualTo(VnicStatus.State.ACTIVE);
    }

    @Test
    void withdrawsAllOfVnicWhenSwitchRefusesSomeOfItAndTriesAgain() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(2));
        ovs.refuses = command -> command instanceof SwitchCommand.PutFlow put
                && put.flow().rule().table() == FlowTable.GUARD
                && put.flow().owner().equals(new Owner.OfVnic(1));
        apply(attach(2));

        assertThat(status(2).state()).isEqualTo(VnicStatus.State.FAILED);
        assertThat(status(2).reason()).contains("OFPFMFC_TABLE_FULL").contains("dl_src=52:54:00:00:00:02");
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
        ovs.assertHas(FlowCompiler.compile(
                new BridgeView(topology, DPID, reconciler.state().observed(), Set.of(id(2)))));

        timer.elapse();
        assertThat(status(2).state()).isEqualTo(VnicStatus.State.FAILED);

        ovs.refuses = command -> false;
        timer.elapse();
        assertThat(status(2).state()).isEqualTo(VnicStatus.State.ACTIVE);
        ovs.assertHas(FlowCompiler.compile(desired()));
    }

    @Test
    void vnicThatIsTriedAgainStaysFailedUntilTheSwitchHasTakenIt() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.refuses = command -> command instanceof SwitchCommand.PutFlow put
                && put.flow().owner().equals(new Owner.OfVnic(0));
        apply(attach(1));
        ovs.refuses = command -> false;
        ovs.answersAtOnce = false;

        timer.elapse();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.FAILED);

        ovs.answer();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
    }

    @Test
    void readsBackAgainAfterRefusedGroup() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.refuses = SwitchCommand.AddGroup.class::isInstance;
        apply(attach(1));
        assertThat(new StatusReport(topology, reconciler.state()).bridge().problems())
                .anyMatch(problem -> problem.contains("group"));
        ovs.refuses = command -> false;
        timer.elapse();
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(new StatusReport(topology, reconciler.state()).bridge().problems())
                .isEmpty();
    }

    @Test
    void refusalOfWhatVnicSharesIsShownAtTheVnicUntilItIsMended() {
        putBridge();
        reconciler.connected(ovs, ports(2));
        ovs.refuses = command ->
                command instanceof SwitchCommand.PutFlow put && put.flow().owner() instanceof Owner.OfSegment;
        apply(attach(1));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.FAILED);
        assertThat(reconciler.state().flowsInstalled())
                .isEqualTo(reconciler.state().flowsDesired()
                        - ovs.received.stream().filter(ovs.refuses).count());

        apply(attach(2));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.FAILED);
        assertThat(status(2).state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(problems()).anyMatch(problem -> problem.startsWith("the switch refused the flow"));

        ovs.refuses = command -> false;
        timer.elapse();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(problems()).isEmpty();
        ovs.assertHas(FlowCompiler.compile(desired()));
    }

    private List<String> problems() {
        return new StatusReport(topology, reconciler.state()).bridge().problems();
    }

    @Test
    void changeOfFailedVnicIsTriedAtOnceAndDetachedOneIsNoProblem() {
        putBridge();
        reconciler.connected(ovs, ports(2));
        ovs.refuses = command -> command instanceof SwitchCommand.PutFlow put
                && put.flow().match().toString().contains("in_port=101");
        apply(attach(1));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.FAILED);
        apply(new TopologyChange.VnicAttached(new Vnic(
                id(1),
                new Place(DPID, new PortRef.ByName("tap2")),
                new MacAddress(0x5254_0000_0001L),
                RED,
                Vnic.Source.REST)));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);

        apply(detach(1), attach(1));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.FAILED);
        apply(detach(1));
        assertThat(problems()).isEmpty();
    }

    @Test
    void whoeverAskedForResyncIsToldWhenTheSessionEndsBeforeItsBarrier() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.flows.clear();
        ovs.answersAtOnce = false;
        CompletableFuture<Sync> asked = reconciler.resync().toCompletableFuture();
        ovs.answer();
        assertThat(asked).isNotDone();
        reconciler.disconnected(ovs, "test");
        assertThatThrownBy(asked::join).hasRootCauseMessage("bridge 00000000000000a1 disconnected");
    }

    @Test
    void switchThatCannotBeReadBackKeepsItsSessionAndIsTriedAgain() {
        putBridge();
        apply(attach(1));
        ovs.readBackRefused = true;
        reconciler.connected(ovs, ports(1));
        assertThat(ovs.closed).isFalse();
        assertThat(ovs.received).isEmpty();
        assertThat(problems()).containsExactly("it cannot be kept right: OFPMP_GROUP_DESC: OFPBRC_BAD_MULTIPART");
        ovs.readBackRefused = false;
        timer.elapse();
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(problems()).isEmpty();
    }

    @Test
    void anotherGuestInTheSameSlotTakesOverNoCounter() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        ovs.received.clear();
        apply(
                detach(1),
                new TopologyChange.VnicAttached(new Vnic(
                        new VnicId("other"),
                        new Place(DPID, new PortRef.ByName("tap1")),
                        new MacAddress(0x5254_0000_0001L),
                        RED,
                        Vnic.Source.REST)));
        assertThat(ovs.received).hasSize(7).allMatch(SwitchCommand.RenewFlow.class::isInstance);
    }

    @Test
    void anotherGuestInTheSameSlotThatIsRefusedFailsByItself() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        ovs.refuses = SwitchCommand.RenewFlow.class::isInstance;
        VnicId other = new VnicId("other");
        apply(
                detach(1),
                new TopologyChange.VnicAttached(new Vnic(
                        other,
                        new Place(DPID, new PortRef.ByName("tap1")),
                        new MacAddress(0x5254_0000_0001L),
                        RED,
                        Vnic.Source.REST)));
        assertThat(new StatusReport(topology, reconciler.state())
                        .vnic(topology.attachment(other).orElseThrow())
                        .state())
                .isEqualTo(VnicStatus.State.FAILED);
        assertThat(problems()).hasSize(1).allMatch(problem -> problem.startsWith("vNIC 'other'"));
    }

    @Test
    void keepsTheMeterOfCopiesWhileTheBridgeIsOurs() {
        reconciler.connected(ovs, ports(1));
        assertThat(ovs.meter).isEmpty();

        putBridge();
        assertThat(ovs.meter).contains(ControllerMeter.WANTED);

        ovs.received.clear();
        reconciler.resync();
        assertThat(ovs.received).isEmpty();

        ovs.meter = Optional.of(ControllerMeter.FOREIGN);
        reconciler.resync();
        assertThat(ovs.received).containsExactly(new SwitchCommand.ModifyMeter(ControllerMeter.WANTED));

        apply(new TopologyChange.BridgeDeleted(DPID));
        assertThat(ovs.meter).isEmpty();
        assertThat(ovs.flows).isEmpty();
    }

    @Test
    void anyNumberOfSharedRefusalsAsksForOneReadBack() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.refuses = SwitchCommand.AddGroup.class::isInstance;
        apply(attach(1));
        assertThat(ovs.received.stream().filter(ovs.refuses)).hasSizeGreaterThan(1);
        assertThat(timer.waiting()).isEqualTo(1);
    }

    @Test
    void saysWhatBridgeThatNobodyPutCarriesOfOurs() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        FakeSwitch again = ovs.reconnected();
        int flows = again.flows.size();
        reconciler.disconnected(ovs, "test");
        apply(detach(1), new TopologyChange.BridgeDeleted(DPID));
        reconciler.connected(again, ports(1));
        assertThat(again.received).isEmpty();
        assertThat(flows).isPositive();
        assertThat(problems())
                .anyMatch(problem -> problem.startsWith("it carries " + flows + " flows and 2 groups of Plugboard's"));
        putBridge();
        assertThat(again.groups).isEmpty();
        apply(new TopologyChange.BridgeDeleted(DPID));
        assertThat(again.flows).isEmpty();
        assertThat(problems()).containsExactly("nobody has put this bridge: it is read and shown, never written");
    }

    @Test
    void namesUplinkThatTheBridgeDoesNotHave() {
        putBridge();
        reconciler.connected(ovs, Observed.of(List.of(tap(1))));
        assertThat(problems()).containsExactly("uplink 'up1': the bridge has no such port");
    }

    @Test
    void vnicIsPendingUntilItsPortAppearsAndAfterItIsGone() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(0));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.PENDING);
        assertThat(status(1).reason()).isEqualTo("bridge 00000000000000a1 has no port tap1");

        reconciler.portPut(ovs, tap(1));
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.ACTIVE);
        ovs.assertHas(FlowCompiler.compile(desired()));

        reconciler.portGone(ovs, 101);
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.PENDING);
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(ovs.flows.keySet()).noneMatch(key -> key.toString().contains("in_port=101"));
    }

    @Test
    void followsPortToItsNewNumberAndLeavesNothingOnTheOld() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        reconciler.portPut(ovs, port(999, "tap1"));
        ovs.assertHas(FlowCompiler.compile(desired()));
        assertThat(ovs.flows.keySet()).noneMatch(key -> key.toString().contains("in_port=101"));
        assertThat(ovs.flows.keySet()).anyMatch(key -> key.toString().contains("in_port=999"));
    }

    @Test
    void restoresWhatWasDeletedAndRemovesWhatNobodyAskedFor() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        FlowKey stranger = new FlowKey(FlowTable.FORWARD.id(), 7, Match.any().ethType(0x0806));
        FlowKey elsewhere = new FlowKey(99, 7, Match.any().ethType(0x0806));
        Flow gone = FlowCompiler.compile(desired()).flows().values().iterator().next();
        ovs.flows.remove(gone.key());
        ovs.flows.put(stranger, new InstalledFlow(stranger, 0, Instructions.DROP, 0, 0));
        ovs.flows.put(elsewhere, new InstalledFlow(elsewhere, 0, Instructions.DROP, 0, 0));
        ovs.foreignFlows.add(new Installed.ForeignFlow(FlowTable.PORT.id(), 1, "0001", 0x77, "tp_dst=22"));
        ovs.foreignFlows.add(new Installed.ForeignFlow(98, 1, "0001", 0x77, "tp_dst=22"));
        ovs.groups.put(new GroupId(5), new Group(new GroupId(5), List.of()));

        Sync sync = reconciler.resync().toCompletableFuture().join();

        assertThat(sync.flowsAdded()).isEqualTo(1);
        assertThat(sync.flowsDeleted()).isEqualTo(2);
        assertThat(sync.groupsDeleted()).isZero();
        assertThat(ovs.flows).containsKey(elsewhere).doesNotContainKey(stranger);
        assertThat(ovs.foreignFlows).hasSize(1);
        assertThat(ovs.groups).containsKey(new GroupId(5));
        assertThat(new StatusReport(topology, reconciler.state()).bridge().problems())
                .containsExactly(
                        "flows that are not Plugboard's, in tables that it does not use: 2; they are left alone",
                        "groups that are not Plugboard's: 1; they are left alone");
    }

    @Test
    void restoresFlowWhoseActionsSomebodyHasChangedToWhatIsNotOurs() {
        putBridge();
        apply(attach(1));
        reconciler.connected(ovs, ports(1));
        Flow changed =
                FlowCompiler.compile(desired()).flows().values().iterator().next();
        ovs.flows.remove(changed.key());
        FlowKey key = changed.key();
        Installed.ForeignFlow foreign = new Installed.ForeignFlow(
                key.table(), key.priority(), "0001", changed.cookie().bits(), "actions=NORMAL");
        ovs.foreignFlows.add(foreign);
        ovs.received.clear();

        reconciler.resync();

        assertThat(ovs.received)
                .containsExactly(new SwitchCommand.DeleteForeignFlow(foreign), new SwitchCommand.PutFlow(changed));
    }

    @Test
    void neverProgramsSwitchThatDoesNotFit() {
        putBridge();
        apply(attach(1));
        ovs.profile = new SwitchProfile(1, 0, true, false, false, false);
        reconciler.connected(ovs, ports(1));
        assertThat(ovs.received).isEmpty();
        assertThat(status(1).state()).isEqualTo(VnicStatus.State.PENDING);
        assertThat(status(1).reason()).contains("it has 1 flow tables").contains("metadata");
    }

    @Test
    void resyncOfBridgeThatIsNotConnectedSaysSo() {
        CompletableFuture<Sync> asked = reconciler.resync().toCompletableFuture();
        assertThatThrownBy(asked::join).hasRootCauseMessage("bridge 00000000000000a1 is not connected");
    }

    @Test
    void anyHistoryEndsWithTheProgramOfTheLastSnapshot() {
        for (long seed = 0; seed < 200; seed++) {
            new BridgeReconcilerTest().liveThrough(new Random(seed));
        }
    }

    private void liveThrough(Random random) {
        putBridge();
        FakeSwitch session = ovs;
        Observed ports = ports(0);
        Set<Integer> attached = new TreeSet<>();
        boolean connected = false;
        for (int step = 0; step < 60; step++) {
            int number = 1 + random.nextInt(8);
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    if (attached.add(number)) {
                        apply(attach(number));
                    }
                }
                case 2 -> {
                    if (attached.remove(number)) {
                        apply(detach(number));
                    }
                }
                case 3 -> {
                    Observed.Port port = port(100 + random.nextInt(20), "tap" + number);
                    ports = ports.with(port);
                    if (connected) {
                        reconciler.portPut(session, port);
                    }
                }
                case 4 -> {
                    int gone = 100 + random.nextInt(20);
                    ports = ports.without(gone);
                    if (connected) {
                        reconciler.portGone(session, gone);
                    }
                }
                case 5 -> {
                    if (connected) {
                        reconciler.disconnected(session, "test");
                    } else {
                        session = session.reconnected();
                        session.answersAtOnce = random.nextBoolean();
                        reconciler.connected(session, ports);
                    }
                    connected = !connected;
                }
                default -> session.answer();
            }
        }
        if (!connected) {
            session = session.reconnected();
            reconciler.connected(session, ports);
        }
        session.answersAtOnce = true;
        session.answer();
        session.assertHas(FlowCompiler.compile(desired()));
        session.received.clear();
        assertThat(reconciler.resync().toCompletableFuture()).isCompleted();
        assertThat(session.received).isEmpty();
    }
}

package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Observed;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BridgeReconcilerTest extends OneBridge {
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

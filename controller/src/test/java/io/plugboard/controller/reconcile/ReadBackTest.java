package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.controller.observe.StatusReport;
import io.plugboard.topology.change.TopologyChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is in the switch is read, and only what differs is sent. */
class ReadBackTest extends OneBridge {
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
    void resyncOfBridgeThatIsNotConnectedSaysSo() {
        CompletableFuture<Sync> asked = reconciler.resync().toCompletableFuture();
        assertThatThrownBy(asked::join).hasRootCauseMessage("bridge 00000000000000a1 is not connected");
    }
}

package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.observe.StatusReport;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The switch refuses something: whose it is fails, and is tried again. */
class RefusalTest extends OneBridge {
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
    void anyNumberOfSharedRefusalsAsksForOneReadBack() {
        putBridge();
        reconciler.connected(ovs, ports(1));
        ovs.refuses = SwitchCommand.AddGroup.class::isInstance;
        apply(attach(1));
        assertThat(ovs.received.stream().filter(ovs.refuses)).hasSizeGreaterThan(1);
        assertThat(timer.waiting()).isEqualTo(1);
    }
}

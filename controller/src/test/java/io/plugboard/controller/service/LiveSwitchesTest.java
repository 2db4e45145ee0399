package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.controller.Accepted;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LiveSwitchesTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final DatapathId THERE = new DatapathId(0xa2);
    private static final PortGroupName FLAT = new PortGroupName("flat");
    private static final VnicId WEB = new VnicId("web-1");

    private final FakeSwitch ovs = new FakeSwitch(HERE);
    private long nanoTime;
    private final LiveSwitches switches = QuietAnnouncer.switches(new ManualTimer(), () -> nanoTime);
    private Topology topology = Topology.EMPTY;

    private void apply(TopologyChange... changes) {
        Topology before = topology;
        Topology.Applied applied = Accepted.by(before, changes);
        topology = applied.topology();
        switches.published(before, topology, applied.touched());
    }

    private void putBridges() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged())),
                new TopologyChange.BridgePut(new Bridge(HERE, "here", List.of())),
                new TopologyChange.BridgePut(new Bridge(THERE, "there", List.of())));
    }

    private static TopologyChange attachWeb(DatapathId bridge) {
        return new TopologyChange.VnicAttached(new Vnic(
                WEB,
                new Place(bridge, new PortRef.ByName("tap1")),
                MacAddress.parse("52:54:00:00:00:01"),
                FLAT,
                Vnic.Source.REST));
    }

    private void connect() {
        switches.connected(ovs, Observed.of(List.of(new Observed.Port(7, "tap1", new MacAddress(2), true))));
    }

    @Test
    void settlesOnlyWhenTheSwitchHasConfirmed() {
        putBridges();
        connect();
        ovs.answersAtOnce = false;
        apply(attachWeb(HERE));
        CompletableFuture<Optional<VnicStatus>> settled =
                switches.whenSettled(WEB).toCompletableFuture();
        assertThat(settled).isNotDone();
        assertThat(switches.vnic(WEB).orElseThrow().state()).isEqualTo(VnicStatus.State.PENDING);

        ovs.answer();
        assertThat(settled.join().orElseThrow().state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(settled.join().orElseThrow().portNumber()).hasValue(7);
    }

    @Test
    void settlesAsFailedWhenTheSwitchRefuses() {
        putBridges();
        connect();
        ovs.refuses = command -> command.subject().contains("dl_src");
        apply(attachWeb(HERE));
        assertThat(switches.whenSettled(WEB)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .state())
                .isEqualTo(VnicStatus.State.FAILED);
    }

    @Test
    void whoeverWaitsForVnicThatIsDetachedHearsThatItIsGone() {
        putBridges();
        apply(attachWeb(HERE));
        CompletableFuture<Optional<VnicStatus>> settled =
                switches.whenSettled(WEB).toCompletableFuture();
        assertThat(settled).isNotDone();
        apply(new TopologyChange.VnicDetached(WEB));
        assertThat(settled.join()).isEmpty();
    }

    @Test
    void movesVnicFromOneBridgeToTheOther() {
        putBridges();
        connect();
        apply(attachWeb(HERE));
        assertThat(ovs.flows.keySet()).anyMatch(key -> key.toString().contains("in_port=7"));
        apply(attachWeb(THERE));
        apply(new TopologyChange.PlaceLeft(WEB, new Place(HERE, new PortRef.ByName("tap1"))));
        assertThat(ovs.flows.keySet()).noneMatch(key -> key.toString().contains("in_port=7"));
        assertThat(switches.vnic(WEB).orElseThrow().reason()).isEqualTo("bridge 00000000000000a2 is not connected");
    }

    @Test
    void listsBridgesThatWerePutThatHaveVnicsOrThatAreConnected() {
        assertThat(switches.bridges()).isEmpty();
        connect();
        assertThat(switches.bridges()).extracting(BridgeStatus::dpid).containsExactly(HERE);
        assertThat(switches.bridge(HERE).orElseThrow().problems())
                .containsExactly("nobody has put this bridge: it is read and shown, never written");
        putBridges();
        assertThat(switches.bridges()).extracting(BridgeStatus::dpid).containsExactly(HERE, THERE);
        assertThat(switches.bridges())
                .extracting(BridgeStatus::state)
                .containsExactly(BridgeStatus.State.ACTIVE, BridgeStatus.State.DISCONNECTED);
        assertThat(switches.bridge(new DatapathId(9))).isEmpty();
    }

    @Test
    void countersFindTheirVnicByCookieAndCostTheSwitchOneRequestInTheirTime() {
        putBridges();
        connect();
        apply(attachWeb(HERE));
        ovs.portCounters.put(7, new PortCounters(10, 1000, 20, 2000));
        FlowKey guard = ovs.flows.keySet().stream()
                .filter(key ->
                        key.table() == FlowTable.GUARD.id() && key.toString().endsWith("in_port=7"))
                .findAny()
                .orElseThrow();
        ovs.flows.computeIfPresent(
                guard, (key, flow) -> new InstalledFlow(key, flow.cookie(), flow.instructions(), 5, 300));

        Map<VnicId, VnicCounters> counters =
                switches.counters(HERE).toCompletableFuture().join();
        assertThat(counters).containsExactly(Map.entry(WEB, new VnicCounters(10, 1000, 20, 2000, 5)));
        switches.counters(HERE);
        assertThat(ovs.countersAsked).isEqualTo(1);
        nanoTime += 2_000_000_000L;
        switches.counters(HERE);
        assertThat(ovs.countersAsked).isEqualTo(2);
        assertThat(switches.counters(THERE).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void listsDesiredFlowsBesideInstalledOnes() {
        putBridges();
        apply(attachWeb(HERE));
        FlowListing before = switches.flows(HERE).toCompletableFuture().join();
        assertThat(before.installed()).isEmpty();
        assertThat(before.desired().flows()).isNotEmpty();
        connect();
        FlowListing after = switches.flows(HERE).toCompletableFuture().join();
        assertThat(after.installed().orElseThrow().flows().keySet())
                .containsExactlyInAnyOrderElementsOf(after.desired().flows().keySet());
    }
}

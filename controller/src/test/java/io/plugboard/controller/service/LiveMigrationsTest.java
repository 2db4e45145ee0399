package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.Accepted;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the destination of a migration is doing. */
class LiveMigrationsTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final DatapathId THERE = new DatapathId(0xa2);
    private static final PortGroupName FLAT = new PortGroupName("flat");
    private static final VnicId WEB = new VnicId("web-1");
    private static final MigrationStatus PREPARED = new MigrationStatus(MigrationStatus.State.PREPARED, "");

    private final FakeSwitch here = new FakeSwitch(HERE);
    private final FakeSwitch there = new FakeSwitch(THERE);
    private final LiveSwitches switches = QuietAnnouncer.switches(new ManualTimer(), System::nanoTime);
    private Topology topology = Topology.EMPTY;

    @BeforeEach
    void attach() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged())),
                new TopologyChange.BridgePut(new Bridge(HERE, "here", List.of())),
                new TopologyChange.BridgePut(new Bridge(THERE, "there", List.of())),
                new TopologyChange.VnicAttached(new Vnic(
                        WEB,
                        new Place(HERE, new PortRef.ByName("tap1")),
                        MacAddress.parse("52:54:00:00:00:01"),
                        FLAT,
                        Vnic.Source.REST)));
        connect(here);
    }

    private void apply(TopologyChange... changes) {
        Topology before = topology;
        Topology.Applied applied = Accepted.by(before, changes);
        topology = applied.topology();
        switches.published(before, topology, applied.touched());
    }

    private void connect(FakeSwitch ovs) {
        switches.connected(
                ovs,
                Observed.of(List.of(
                        new Observed.Port(7, "tap1", new MacAddress(2), true),
                        new Observed.Port(8, "tap2", new MacAddress(4), true))));
    }

    private void prepare(DatapathId bridge, String port) {
        apply(new TopologyChange.MigrationPrepared(
                WEB, new Place(bridge, new PortRef.ByName(port)), ActivateOn.REQUEST));
    }

    private MigrationStatus migration() {
        return switches.migration(WEB).orElseThrow();
    }

    private VnicStatus.State state() {
        return switches.vnic(WEB).orElseThrow().state();
    }

    @Test
    void isPreparedWhenTheDestinationsSwitchHasConfirmed() {
        connect(there);
        there.answersAtOnce = false;
        prepare(THERE, "tap2");
        CompletableFuture<Optional<MigrationStatus>> prepared =
                switches.whenPrepared(WEB).toCompletableFuture();
        assertThat(prepared).isNotDone();
        assertThat(migration())
                .isEqualTo(new MigrationStatus(
                        MigrationStatus.State.PENDING, "bridge 00000000000000a2 has not confirmed its flows yet"));
        assertThat(state()).isEqualTo(VnicStatus.State.ACTIVE);

        there.answer();
        assertThat(prepared.join()).contains(PREPARED);
        assertThat(migration()).isEqualTo(PREPARED);
        assertThat(state()).isEqualTo(VnicStatus.State.ACTIVE);
    }

    @Test
    void saysWhatTheDestinationLacks() {
        prepare(THERE, "tap9");
        assertThat(migration().reason()).isEqualTo("bridge 00000000000000a2 is not connected");
        connect(there);
        assertThat(migration().reason()).isEqualTo("bridge 00000000000000a2 has no port tap9");
        assertThat(migration().state()).isEqualTo(MigrationStatus.State.PENDING);
        switches.portPut(there, new Observed.Port(9, "tap9", new MacAddress(6), true));
        assertThat(migration()).isEqualTo(PREPARED);
    }

    @Test
    void saysWhatTheDestinationsSwitchHasRefused() {
        connect(there);
        there.refuses = command -> command.subject().contains("in_port=8");
        prepare(THERE, "tap2");
        MigrationStatus refused =
                switches.whenPrepared(WEB).toCompletableFuture().join().orElseThrow();
        assertThat(refused.state()).isEqualTo(MigrationStatus.State.FAILED);
        assertThat(refused.reason()).isNotEmpty();
        assertThat(state()).as("one fault stays one fault").isEqualTo(VnicStatus.State.ACTIVE);
    }

    @Test
    void isBlockedWhenItsGuestUsesAMacThatItMustNot() {
        connect(there);
        apply(new TopologyChange.RxFilterReported(
                WEB,
                Optional.of(new RxFilter(
                        MacAddress.parse("52:54:00:00:00:99"),
                        false,
                        false,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        Optional.empty()))));
        prepare(THERE, "tap2");
        assertThat(migration()).isEqualTo(new MigrationStatus(MigrationStatus.State.BLOCKED, "macAddressChanged"));
    }

    @Test
    void whoeverWaitsForAMigrationThatIsGivenUpHearsThatItIsGone() {
        prepare(THERE, "tap2");
        CompletableFuture<Optional<MigrationStatus>> prepared =
                switches.whenPrepared(WEB).toCompletableFuture();
        assertThat(prepared).isNotDone();
        apply(new TopologyChange.MigrationGivenUp(WEB));
        assertThat(prepared.join()).isEmpty();
        assertThat(switches.migration(WEB)).isEmpty();
        assertThat(switches.whenPrepared(WEB).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void whoeverWaitsForAMigrationHearsWhenAnotherDestinationIsPreparedInstead() {
        prepare(THERE, "tap2");
        CompletableFuture<Optional<MigrationStatus>> prepared =
                switches.whenPrepared(WEB).toCompletableFuture();
        prepare(HERE, "tap2");
        assertThat(prepared.join()).isEmpty();
        assertThat(migration()).isEqualTo(PREPARED);
    }

    @Test
    void isActiveAtTheDestinationOnceThatHasConfirmed() {
        connect(there);
        prepare(THERE, "tap2");
        there.answersAtOnce = false;
        apply(new TopologyChange.MigrationActivated(WEB));
        CompletableFuture<Optional<VnicStatus>> settled =
                switches.whenSettled(WEB).toCompletableFuture();
        assertThat(settled).isNotDone();
        there.answer();
        assertThat(settled.join().orElseThrow().portNumber()).hasValue(8);
    }

    @Test
    void countsWhatGoesThroughThePlaceWhereTheVnicIsActive() {
        prepare(HERE, "tap2");
        here.portCounters.put(7, new PortCounters(10, 1000, 20, 2000));
        here.portCounters.put(8, new PortCounters(1, 100, 2, 200));
        assertThat(switches.counters(HERE).toCompletableFuture().join())
                .containsExactly(Map.entry(WEB, new VnicCounters(10, 1000, 20, 2000, 0)));
    }
}

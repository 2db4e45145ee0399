package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.BridgeListener;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What closes a place that a vNIC has left, and what opens one that awaits it. */
class DeparturesTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final DatapathId THERE = new DatapathId(0xa2);
    private static final PortGroupName FLAT = new PortGroupName("flat");
    private static final VnicId WEB = new VnicId("web-1");
    private static final int PORT = 7;

    private final ManualTimer timer = new ManualTimer();
    private final WireReports wire = new WireReports(timer);
    private final Announcer announcer = QuietAnnouncer.announcer(Runnable::run, timer, System::nanoTime, wire);
    private final MemoryStore store = new MemoryStore();
    private final LiveSwitches switches = new LiveSwitches(
            store.load(),
            Runnable::run,
            timer,
            System::nanoTime,
            BridgeListener.NOBODY,
            announcer,
            wire,
            dpid -> List.of());
    private final Departures departures = new Departures(switches::whenDecided, switches::whenSettled, timer);
    private final SingleWriter topology = new SingleWriter(store, List.of(switches, departures));
    private final FakeSwitch here = new FakeSwitch(HERE);
    private final FakeSwitch there = new FakeSwitch(THERE);

    @BeforeEach
    void plugAVnicInOnOneOfTwoBridges() {
        wire.reportTo(topology);
        departures.reportTo(topology);
        change(
                new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged())),
                new TopologyChange.BridgePut(new Bridge(HERE, "", List.of())),
                new TopologyChange.BridgePut(new Bridge(THERE, "", List.of())),
                attached(HERE));
        connect(here);
        connect(there);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    private void change(TopologyChange... changes) {
        topology.change("test", current -> List.of(changes))
                .toCompletableFuture()
                .join();
    }

    /** What was asked for before this, and what followed from that, is through when it returns. */
    private Attachment web() {
        change();
        change();
        return topology.topology().attachment(WEB).orElseThrow();
    }

    private static Place place(DatapathId dpid) {
        return new Place(dpid, new PortRef.ByName("tap1"));
    }

    private static TopologyChange attached(DatapathId dpid) {
        return new TopologyChange.VnicAttached(
                new Vnic(WEB, place(dpid), MacAddress.parse("52:54:00:00:00:01"), FLAT, Vnic.Source.REST));
    }

    private void connect(FakeSwitch ovs) {
        switches.connected(ovs, Observed.of(List.of(new Observed.Port(PORT, "tap1", new MacAddress(2), true))));
    }

    private static boolean isOpen(FakeSwitch ovs) {
        return ovs.flows.values().stream()
                .anyMatch(flow -> new Cookie(flow.cookie())
                        .rule()
                        .filter(Rule.PORT_VNIC_UNTAGGED::equals)
                        .isPresent());
    }

    @Test
    void closesTheOldPlaceWhenTheSwitchOfTheNewOneHasConfirmed() {
        there.answersAtOnce = false;
        change(attached(THERE));
        assertThat(web().departing()).isPresent();
        assertThat(isOpen(here)).isTrue();

        there.answer();

        assertThat(web().departing()).isEmpty();
        assertThat(isOpen(here)).isFalse();
        assertThat(isOpen(there)).isTrue();
    }

    @Test
    void closesTheOldPlaceAsSoonAsThatCanBeStored() {
        there.answersAtOnce = false;
        change(attached(THERE));
        assertThat(web().departing()).isPresent();

        store.failOnce();
        there.answer();
        // Behind the one that fails, and with it.
        topology.change("test", current -> List.of())
                .handle((applied, failed) -> failed)
                .toCompletableFuture()
                .join();
        assertThat(topology.topology().attachment(WEB).orElseThrow().departing())
                .isPresent();
        timer.elapse();

        assertThat(web().departing()).isEmpty();
        assertThat(isOpen(here)).isFalse();
    }

    @Test
    void doesNotWaitForASwitchThatIsNotThere() {
        switches.disconnected(there, "test");
        change(attached(THERE));

        assertThat(web().departing()).isEmpty();
        assertThat(isOpen(here)).isFalse();
    }

    @Test
    void doesNotWaitForASwitchThatRefusesTheVnic() {
        there.refuses = command -> command.subject().contains("dl_src");
        change(attached(THERE));

        assertThat(web().departing()).isEmpty();
        assertThat(isOpen(here)).isFalse();
    }

    @Test
    void isNotHeldUpByTheSwitchOfTheOldPlace() {
        switches.disconnected(here, "test");
        change(attached(THERE));

        assertThat(web().departing()).isEmpty();
        assertThat(isOpen(there)).isTrue();

        connect(here);
        assertThat(isOpen(here)).isFalse();
    }

    @Test
    void closesWhatAnEarlierProcessHasLeftOpenAsSoonAsTheNewPlaceIsConfirmed() {
        there.answersAtOnce = false;
        change(attached(THERE));
        Departures later = new Departures(switches::whenDecided, switches::whenSettled, timer);
        later.reportTo(topology);
        assertThat(web().departing()).isPresent();

        there.answer();

        assertThat(web().departing()).isEmpty();
    }

    @Test
    void leavesAVnicActiveWhereItIsWhileItsMigrationIsPrepared() {
        here.answersAtOnce = false;
        there.answersAtOnce = false;
        change(new TopologyChange.MigrationPrepared(WEB, place(THERE), ActivateOn.REQUEST));

        assertThat(switches.vnic(WEB).orElseThrow().state()).isEqualTo(VnicStatus.State.ACTIVE);
        assertThat(switches.migration(WEB).orElseThrow().state()).isEqualTo(MigrationStatus.State.PENDING);
    }

    @Test
    void movesAVnicThatSpeaksWhereItIsAwaited() {
        change(new TopologyChange.MigrationPrepared(WEB, place(THERE), ActivateOn.FIRST_FRAME));
        assertThat(isOpen(there)).isTrue();

        switches.packetIn(there, firstFrame());

        assertThat(web().place()).isEqualTo(place(THERE));
        assertThat(isOpen(here)).isFalse();
    }

    @Test
    void movesNoVnicThatIsNotAwaited() {
        change(new TopologyChange.MigrationPrepared(WEB, place(THERE), ActivateOn.REQUEST));

        switches.packetIn(there, firstFrame());
        switches.packetIn(here, firstFrame());

        assertThat(web().place()).isEqualTo(place(HERE));
        assertThat(web().prepared()).isPresent();
    }

    private PacketIn firstFrame() {
        int slot = web().prepared().orElseThrow().slot();
        Cookie cookie = Cookie.of(Rule.GUARD_FIRST_FRAME, new Owner.OfVnic(slot));
        return new PacketIn(PORT, Rule.GUARD_FIRST_FRAME.table().id(), cookie.bits(), Octets.NONE);
    }
}

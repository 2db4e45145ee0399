package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.bridgeDeleted;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.FormerUplinkLeft;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.MigrationGivenUp;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PlaceLeft;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.change.TopologyChange.UplinkSettled;
import io.plugboard.topology.change.TopologyChange.UplinkStateChanged;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.Placement.Cause;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final VnicId WEB = new VnicId("web-1");
    private static final Place THERE = place(HOST_2, "tap9");

    private final Network network = new Network();

    @BeforeEach
    void haveTwoHostsAndAVnicOnTheFirst() throws ChangeRejected {
        network.apply(
                accessVlan("web", 100), accessVlan("lab", 200), bridge(HOST_1, "eth0"), bridge(HOST_2, "eth0", "eth1"));
        network.apply(web(1));
    }

    private static Place place(DatapathId dpid, String port) {
        return new Place(dpid, new PortRef.ByName(port));
    }

    private static TopologyChange prepared(Place destination) {
        return new MigrationPrepared(WEB, destination, ActivateOn.REQUEST);
    }

    private Attachment web1() {
        return network.vnic("web-1");
    }

    private List<Standing> standings(DatapathId dpid) {
        return network.topology().seats(WEB, dpid).stream()
                .map(EffectiveVnic::standing)
                .toList();
    }

    private String rejection(TopologyChange... changes) {
        Topology before = network.topology();
        ChangeRejected rejected = catchThrowableOfType(ChangeRejected.class, () -> network.apply(changes));
        assertThat(network.topology()).isSameAs(before);
        return rejected.rejections().get(0).detail();
    }

    @Test
    void preparesADestinationAndStaysWhereItIs() throws ChangeRejected {
        network.apply(prepared(THERE));

        assertThat(web1().place()).isEqualTo(place(HOST_1, "tap1"));
        assertThat(web1().prepared()).map(SecondSeat::place).contains(THERE);
        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE);
        assertThat(standings(HOST_2)).containsExactly(Standing.PREPARED);
        assertThat(web1().placement().cause()).isEqualTo(Cause.ATTACHED);
        assertThat(web1().revision()).isEqualTo(network.topology().revision());
    }

    @Test
    void knowsADestinationThatAwaitsTheFirstFrame() throws ChangeRejected {
        network.apply(new MigrationPrepared(WEB, THERE, ActivateOn.FIRST_FRAME));

        assertThat(standings(HOST_2)).containsExactly(Standing.AWAITED);
    }

    @Test
    void keepsTheSeatThatWasPreparedWhenItMoves() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap1", 7, "web"));
        network.apply(prepared(THERE));
        SecondSeat.Prepared seat = web1().prepared().orElseThrow();
        network.apply(new MigrationActivated(WEB));

        assertThat(web1().place()).isEqualTo(THERE);
        assertThat(web1().slot()).isEqualTo(seat.slot()).isEqualTo(1);
        assertThat(web1().pin()).isEqualTo(seat.pin());
        assertThat(web1().placement())
                .isEqualTo(new Placement(Cause.MIGRATED, network.topology().revision()));
    }

    @Test
    void leavesTheOldPlaceOpenUntilTheNewOneIs() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(new MigrationActivated(WEB));
        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);
        long revision = web1().revision();

        network.apply(new PlaceLeft(WEB, place(HOST_1, "tap1")));

        assertThat(standings(HOST_1)).isEmpty();
        assertThat(network.topology().switchboard(HOST_1).size()).isZero();
        assertThat(web1().revision()).isEqualTo(revision);
    }

    @Test
    void isPreparedAndActivatedInOneByAPutWithAnotherPlace() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));

        assertThat(web1().place()).isEqualTo(THERE);
        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);
        assertThat(web1().placement().cause()).isEqualTo(Cause.MIGRATED);
    }

    @Test
    void closesTheOldPlaceAtOnceWhenMoreThanThePlaceChanges() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 5, "lab"));

        assertThat(web1().second()).isEmpty();
        assertThat(standings(HOST_1)).isEmpty();
    }

    @Test
    void leavesNothingBehindOnTheSameBridge() throws ChangeRejected {
        network.apply(prepared(place(HOST_1, "tap9")));
        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE, Standing.PREPARED);
        int slot = web1().prepared().orElseThrow().slot();

        network.apply(new MigrationActivated(WEB));

        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE);
        assertThat(web1().slot()).isEqualTo(slot);
        assertThat(web1().second()).isEmpty();
    }

    @Test
    void isNotInItsOwnWayWithItsMacAmongTheAllowedOnes() throws ChangeRejected {
        network.apply(new VnicAttached(web1().vnic().withAllowedMacs(Set.of(mac(1)))));
        network.apply(prepared(place(HOST_1, "tap9")));

        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE, Standing.PREPARED);
    }

    @Test
    void closesALeftPlaceAtOnceWhenAnotherVnicNeedsItsPort() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));
        network.apply(vnic("next", HOST_1, "tap1", 8, "web"));

        assertThat(standings(HOST_1)).isEmpty();
        assertThat(network.slot("next")).isZero();
    }

    @Test
    void closesALeftPlaceAtOnceWhenAnotherVnicNeedsItsMac() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));
        network.apply(vnic("next", HOST_1, "tap8", 1, "web"));

        assertThat(standings(HOST_1)).isEmpty();
    }

    @Test
    void ignoresThatAPlaceWasLeftWhichIsInUseAgain() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));
        network.apply(web(1));
        Topology before = network.topology();

        network.apply(new PlaceLeft(WEB, place(HOST_1, "tap1")));

        assertThat(network.topology()).isSameAs(before);
        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE);
        assertThat(standings(HOST_2)).containsExactly(Standing.DEPARTING);
    }

    @Test
    void giveUpEndsAPreparedMigrationAndNothingElse() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(new MigrationGivenUp(WEB));

        assertThat(web1().second()).isEmpty();
        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE);
        assertThat(rejection(new MigrationGivenUp(WEB))).contains("migration of vNIC 'web-1'");
    }

    @Test
    void refusesToActivateWhatWasNotPrepared() {
        assertThat(rejection(new MigrationActivated(WEB)))
                .isEqualTo("there is no migration of vNIC 'web-1': prepare one first");
        assertThat(rejection(new MigrationActivated(new VnicId("nobody")))).isEqualTo("there is no vNIC 'nobody'");
    }

    @Test
    void refusesADestinationThatItHasAlready() {
        assertThat(rejection(prepared(place(HOST_1, "tap1"))))
                .isEqualTo("vNIC 'web-1' is active at port tap1 of bridge " + HOST_1 + " already");
    }

    @Test
    void refusesADestinationThatIsTaken() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap9", 7, "web"));

        assertThat(rejection(prepared(THERE))).contains("already taken by vNIC 'other'");
        assertThat(rejection(prepared(place(HOST_2, "eth1")))).contains("is an uplink");
    }

    @Test
    void refusesADestinationWhereItsMacIsAnothers() throws ChangeRejected {
        network.apply(vnic("twin", HOST_2, "tap2", 1, "web"));

        assertThat(rejection(prepared(THERE))).contains("is already the MAC of vNIC 'twin'");
    }

    @Test
    void keepsAPreparedDestinationFromOthers() throws ChangeRejected {
        network.apply(prepared(THERE));

        assertThat(rejection(vnic("other", HOST_2, "tap9", 7, "web"))).contains("already taken by vNIC 'web-1'");
        assertThat(rejection(vnic("twin", HOST_2, "tap2", 1, "web"))).contains("already the MAC of vNIC 'web-1'");
        assertThat(rejection(bridgeDeleted(HOST_2))).contains("web-1");
    }

    @Test
    void refusesAMacThatIsAnothersWhereItIsPrepared() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap2", 7, "web"));
        network.apply(prepared(THERE));

        assertThat(rejection(vnic("web-1", HOST_1, "tap1", 7, "web")))
                .contains("is already the MAC of vNIC 'other'")
                .contains(HOST_2.toString());

        network.apply(vnic("web-1", HOST_1, "tap1", 8, "web"));
        assertThat(web1().prepared()).map(SecondSeat::place).contains(THERE);
    }

    @Test
    void isAnotherDestinationWhenPreparedAgain() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(prepared(place(HOST_2, "tap8")));

        assertThat(web1().prepared()).map(SecondSeat::place).contains(place(HOST_2, "tap8"));
        assertThat(network.topology().switchboard(HOST_2).size()).isEqualTo(1);
    }

    @Test
    void keepsASeatThatIsPreparedAgainAndNoneThatIsPreparedElsewhere() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap1", 7, "web"));
        network.apply(prepared(THERE));
        network.apply(detached("other"));

        network.apply(new MigrationPrepared(WEB, THERE, ActivateOn.FIRST_FRAME));
        assertThat(web1().prepared()).map(SecondSeat::slot).contains(1);

        network.apply(prepared(place(HOST_2, "tap8")));
        assertThat(web1().prepared()).map(SecondSeat::slot).contains(0);
    }

    @Test
    void takesNoSeatThatWasPreparedElsewhere() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap1", 7, "web"));
        network.apply(prepared(THERE));
        network.apply(detached("other"));

        network.apply(vnic("web-1", HOST_2, "tap8", 1, "web"));

        assertThat(web1().slot()).isZero();
        assertThat(network.topology().switchboard(HOST_2).size()).isEqualTo(1);
    }

    @Test
    void changesNothingWhenPreparedInTheSameWayAgain() throws ChangeRejected {
        network.apply(prepared(THERE));
        Topology before = network.topology();
        network.apply(prepared(THERE));

        assertThat(network.topology()).isSameAs(before);
    }

    @Test
    void keepsAPreparedDestinationWhenTheVnicChangesInPlace() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(new VnicAttached(web1().vnic().asMulticastRouter()));

        assertThat(web1().prepared()).isPresent();
        assertThat(web1().placement().cause()).isEqualTo(Cause.ATTACHED);
    }

    @Test
    void blocksNobodyOnTheDestinationForAMacThatIsNotThereYet() throws ChangeRejected {
        network.apply(vnic("other", HOST_2, "tap1", 7, "web"));
        RxFilter taken = RxFilter.exact(mac(1), List.of());
        network.apply(new RxFilterReported(new VnicId("other"), Optional.of(taken)));
        network.apply(prepared(THERE));

        assertThat(network.topology().effective(network.vnic("other")).block())
                .contains(EffectiveVnic.Block.MAC_ADDRESS_CHANGED);
        assertThat(network.topology().seats(WEB, HOST_2).get(0).kinds()).isEmpty();
    }

    @Test
    void letsABridgeGoThatOnlyAVnicWhichHasLeftIsOn() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));
        network.apply(bridgeDeleted(HOST_1));

        assertThat(web1().second()).isEmpty();
    }

    @Test
    void givesAPreparedSeatAnUplinkThatIsUp() throws ChangeRejected {
        network.apply(prepared(THERE));
        UplinkPin first = web1().prepared().orElseThrow().pin();
        network.apply(new UplinkStateChanged(HOST_2, "eth0", false));

        assertThat(first).isEqualTo(new UplinkPin(1));
        assertThat(web1().prepared().orElseThrow().pin()).isEqualTo(new UplinkPin(2));
    }

    @Test
    void givesAPreparedSeatAnUplinkThatItsBridgeStillHas() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(bridge(HOST_2, "eth1"));

        assertThat(web1().prepared().orElseThrow().pin()).isEqualTo(new UplinkPin(2));
    }

    @Test
    void keepsAPreparedDestinationInTheNewVlanOfItsPortGroup() throws ChangeRejected {
        network.apply(prepared(THERE));
        network.apply(accessVlan("web", 300));

        assertThat(web1().prepared()).map(SecondSeat::place).contains(THERE);
        assertThat(network.topology().seats(WEB, HOST_2).get(0).vlans().first()).isEqualTo(new VlanId(300));
    }

    @Test
    void refusesAVlanInWhichItsDestinationIsAnothers() throws ChangeRejected {
        network.apply(vnic("twin", HOST_2, "tap2", 1, "lab"));
        network.apply(prepared(THERE));

        assertThat(rejection(accessVlan("web", 200)))
                .startsWith("vNIC 'web-1' cannot move there: 52:54:00:00:00:01 is already the MAC of vNIC 'twin'");
    }

    @Test
    void remembersTheFormerUplinkOfAPlannedMoveUntilSwitchesKnow() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_2, "tap9", 1, "web"));
        network.apply(new UplinkStateChanged(HOST_2, "eth0", false));
        assertThat(web1().former()).isEmpty();
        assertThat(web1().placement().cause()).isEqualTo(Cause.REPINNED);
        network.apply(new UplinkStateChanged(HOST_2, "eth0", true));
        network.apply(new UplinkSettled(HOST_2, "eth0", Duration.ofSeconds(10)));
        assertThat(web1().former()).contains(new UplinkPin(2));
        Placement moved = web1().placement();

        network.apply(new FormerUplinkLeft(WEB, new Placement(Cause.REPINNED, 1)));
        assertThat(web1().former()).isPresent();
        network.apply(new FormerUplinkLeft(WEB, moved));

        assertThat(web1().former()).isEmpty();
        assertThat(web1().placement()).isEqualTo(moved);
    }

    @Test
    void isPlacedAnewByAnotherMacAndByAnotherVlanAndByNothingElse() throws ChangeRejected {
        Placement attached = web1().placement();
        network.apply(new RxFilterReported(WEB, Optional.of(RxFilter.exact(mac(1), List.of()))));
        assertThat(web1().placement()).isEqualTo(attached);

        network.apply(new RxFilterReported(WEB, Optional.of(RxFilter.exact(mac(77), List.of()))));
        assertThat(web1().placement().cause()).isEqualTo(Cause.MAC_CHANGED);

        network.apply(new RxFilterReported(WEB, Optional.empty()));
        network.apply(vnic("web-1", HOST_1, "tap1", 5, "web"));
        assertThat(web1().placement())
                .isEqualTo(new Placement(Cause.MAC_CHANGED, network.topology().revision()));

        network.apply(accessVlan("web", 300));
        assertThat(web1().placement())
                .isEqualTo(new Placement(Cause.MIGRATED, network.topology().revision()));
    }
}

package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A place that a vNIC has left stays open until it need not, or must not. */
class VacatedPlaceTest {
    private static final DatapathId HOST_3 = new DatapathId(0xa3);

    private final Network network = new Network();

    @BeforeEach
    void haveAVnic() throws ChangeRejected {
        network.apply(accessVlan("web", 100), accessVlan("lab", 200), bridge(HOST_1), bridge(HOST_2), web(1));
    }

    private static Place place(DatapathId dpid, String port) {
        return new Place(dpid, new PortRef.ByName(port));
    }

    private static TopologyChange moved(DatapathId dpid, String port) {
        return vnic("web-1", dpid, port, 1, "web");
    }

    private static Vnic next(String port, int mac) {
        return new Vnic(new VnicId("next"), place(HOST_1, port), mac(mac), new PortGroupName("web"), Vnic.Source.REST);
    }

    private static TopologyChange prepared(String id, Place destination) {
        return new MigrationPrepared(new VnicId(id), destination, ActivateOn.REQUEST);
    }

    private List<Standing> standings(DatapathId dpid) {
        return network.topology().seats(new VnicId("web-1"), dpid).stream()
                .map(EffectiveVnic::standing)
                .toList();
    }

    @Test
    void staysOpenBesideAVnicThatItIsNotInTheWayOf() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"));
        network.apply(new VnicAttached(next("tap2", 2).withAllowedMacs(Set.of(mac(3)))));

        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);
    }

    @Test
    void isClosedForAVnicThatMayUseItsMac() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"));
        network.apply(new VnicAttached(next("tap2", 2).withAllowedMacs(Set.of(mac(1)))));

        assertThat(standings(HOST_1)).isEmpty();
    }

    @Test
    void isClosedForAVnicWhoseMacItsOwnMightUse() throws ChangeRejected {
        network.apply(new VnicAttached(network.vnic("web-1").vnic().withAllowedMacs(Set.of(mac(7)))));
        network.apply(new VnicAttached(network.vnic("web-1").vnic().at(place(HOST_2, "tap9"))));
        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);

        network.apply(new VnicAttached(next("tap2", 7)));
        assertThat(standings(HOST_1)).isEmpty();
    }

    @Test
    void isClosedForAVnicThatIsAboutToComeThere() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"), vnic("next", HOST_2, "tap2", 2, "web"));
        network.apply(prepared("next", place(HOST_1, "tap1")));

        assertThat(standings(HOST_1)).isEmpty();
        assertThat(network.vnic("next").prepared()).map(SecondSeat::slot).contains(0);
    }

    @Test
    void isClosedForAVnicThatANewVlanBringsThere() throws ChangeRejected {
        network.apply(vnic("twin", HOST_1, "tap2", 1, "lab"));
        network.apply(moved(HOST_2, "tap9"));
        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);

        network.apply(accessVlan("lab", 100));
        assertThat(standings(HOST_1)).isEmpty();
    }

    @Test
    void isClosedWhenTheVnicGoesToAnotherVlan() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"));
        network.apply(accessVlan("web", 300));

        assertThat(standings(HOST_1)).isEmpty();
        assertThat(network.topology().switchboard(HOST_1).size()).isZero();
    }

    @Test
    void isTheOneThatWasInForceHoweverOftenAVnicMovesAtOnce() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"), moved(HOST_3, "tap9"));

        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);
        assertThat(standings(HOST_2)).isEmpty();
        assertThat(standings(HOST_3)).containsExactly(Standing.ACTIVE);
    }

    @Test
    void isNoneWhereTheVnicComesBackAtOnceByAnotherPort() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"), moved(HOST_1, "tap8"));

        assertThat(standings(HOST_1)).containsExactly(Standing.ACTIVE);
        assertThat(standings(HOST_2)).isEmpty();
    }

    @Test
    void usesAnotherUplinkWhenItsOwnIsDownOrGone() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        assertThat(uplinks()).containsExactly("eth0");
        network.apply(moved(HOST_2, "tap9"));

        network.apply(new TopologyChange.UplinkStateChanged(HOST_1, "eth0", false));
        assertThat(uplinks()).containsExactly("eth1");

        network.apply(bridge(HOST_1, "eth2"));
        assertThat(uplinks()).containsExactly("eth2");
        assertThat(standings(HOST_1)).containsExactly(Standing.DEPARTING);
    }

    private List<String> uplinks() {
        ManagedBridge bridge = network.topology().bridges().get(HOST_1);
        return network.topology().seats(new VnicId("web-1"), HOST_1).stream()
                .map(vnic -> bridge.uplinks().get(vnic.pin()))
                .toList();
    }

    @Test
    void isGoneWithTheVnic() throws ChangeRejected {
        network.apply(moved(HOST_2, "tap9"));
        network.apply(detached("web-1"));

        assertThat(network.topology().occupiedBridges()).isEmpty();
    }
}

package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.UplinkSettled;
import io.plugboard.topology.change.TopologyChange.UplinkStateChanged;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement.Cause;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.TeamingPolicy.Selection;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which uplink a vNIC uses while uplinks come and go, and while its policies change. */
class TeamingTest {
    private static final Duration DELAY = TeamingPolicy.DEFAULT_FAILBACK_DELAY;
    private static final VnicId WEB = new VnicId("web-1");

    private final Network network = new Network();

    @BeforeEach
    void haveABridgeWithTwoUplinks() throws ChangeRejected {
        network.apply(new PortGroupPut(portGroup("web")), bridge(HOST_1, "eth0", "eth1"));
    }

    private static PortGroup portGroup(String name) {
        return new PortGroup(new PortGroupName(name), new VlanMode.Access(new VlanId(100)));
    }

    private static TeamingPolicy prefer(List<String> active, List<String> standby) {
        return new TeamingPolicy(Selection.EXPLICIT_FAILOVER, active, standby, true, DELAY);
    }

    private static TopologyChange teamed(String portGroup, TeamingPolicy policy) {
        return new PortGroupPut(portGroup(portGroup).withTeaming(policy));
    }

    private static TopologyChange down(String uplink) {
        return new UplinkStateChanged(HOST_1, uplink, false);
    }

    private static TopologyChange up(String uplink) {
        return new UplinkStateChanged(HOST_1, uplink, true);
    }

    private static TopologyChange settled(String uplink, Duration upFor) {
        return new UplinkSettled(HOST_1, uplink, upFor);
    }

    private void attach(int from, int to) throws ChangeRejected {
        for (int number = from; number <= to; number++) {
            network.apply(web(number));
        }
    }

    private String[] uplinks(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> network.uplink("web-" + number))
                .toArray(String[]::new);
    }

    @Test
    void thePolicyOfThePortGroupGoesOverThatOfItsBridge() throws ChangeRejected {
        network.apply(new BridgePut(
                new Bridge(HOST_1, "", List.of("eth0", "eth1")).withTeaming(prefer(List.of("eth1"), List.of("eth0")))));
        attach(1, 2);
        assertThat(uplinks(1, 2)).containsExactly("eth1", "eth1");

        network.apply(teamed("web", prefer(List.of("eth0"), List.of("eth1"))));
        assertThat(uplinks(1, 2)).containsExactly("eth0", "eth0");
    }

    @Test
    void uplinksThatTheBridgeDoesNotHaveCountForNothing() throws ChangeRejected {
        network.apply(teamed("web", prefer(List.of("eth7", "eth1"), List.of())));
        attach(1, 1);
        assertThat(uplinks(1, 1)).containsExactly("eth1");

        network.apply(teamed("web", prefer(List.of("eth7"), List.of())));
        assertThat(network.vnic("web-1").pin()).isEqualTo(UplinkPin.NONE);
    }

    @Test
    void aNewPolicyOfTheBridgeMovesItsVnicsAndAnotherNameDoesNot() throws ChangeRejected {
        attach(1, 2);
        network.apply(down("eth1"));
        network.apply(up("eth1"));
        Bridge named = new Bridge(HOST_1, "rack 7", List.of("eth0", "eth1"));

        assertThat(network.apply(new BridgePut(named)).vnics()).isEmpty();
        assertThat(uplinks(1, 2)).containsExactly("eth0", "eth0");

        network.apply(new BridgePut(named.withTeaming(prefer(List.of("eth1"), List.of()))));
        assertThat(uplinks(1, 2)).containsExactly("eth1", "eth1");
    }

    @Test
    void aStandbyUplinkIsUsedWhileTheActiveOneIsDown() throws ChangeRejected {
        network.apply(teamed("web", prefer(List.of("eth1"), List.of("eth0"))));
        attach(1, 1);

        network.apply(down("eth1"));
        assertThat(uplinks(1, 1)).containsExactly("eth0");
        assertThat(network.vnic("web-1").placement().cause()).isEqualTo(Cause.REPINNED);

        network.apply(up("eth1"));
        network.apply(settled("eth1", DELAY.minusMillis(1)));
        assertThat(uplinks(1, 1)).containsExactly("eth0");

        network.apply(settled("eth1", DELAY));
        assertThat(uplinks(1, 1)).containsExactly("eth1");
        assertThat(network.vnic("web-1").former()).contains(new UplinkPin(1));
    }

    @Test
    void nothingReturnsWherePoliciesSayNo() throws ChangeRejected {
        network.apply(teamed(
                "web", new TeamingPolicy(Selection.ORIGINATING_PORT, List.of(), List.of(), false, Duration.ZERO)));
        attach(1, 2);
        network.apply(down("eth1"));
        network.apply(up("eth1"));
        network.apply(settled("eth1", Duration.ofDays(1)));

        assertThat(uplinks(1, 2)).containsExactly("eth0", "eth0");
    }

    @Test
    void nothingReturnsToAnUplinkThatIsDownAgain() throws ChangeRejected {
        attach(1, 2);
        network.apply(down("eth1"));

        assertThat(network.apply(settled("eth1", DELAY)).isEmpty()).isTrue();
    }

    @Test
    void nobodyMovesButWhoCannotStay() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1", "eth2"));
        attach(1, 3);
        assertThat(network.apply(down("eth2")).vnics()).containsExactly(new VnicId("web-3"));
        assertThat(uplinks(1, 3)).containsExactly("eth0", "eth1", "eth0");

        assertThat(network.apply(up("eth2")).vnics()).isEmpty();
        assertThat(network.apply(down("eth1")).vnics()).containsExactly(new VnicId("web-2"));
        assertThat(uplinks(1, 3)).containsExactly("eth0", "eth2", "eth0");
    }

    @Test
    void everybodyStaysWhereItIsWhileAllUplinksAreDown() throws ChangeRejected {
        attach(1, 2);
        network.apply(down("eth0"), down("eth1"));

        assertThat(network.apply(web(3)).vnics()).containsExactly(new VnicId("web-3"));
        assertThat(uplinks(1, 3)).containsExactly("eth1", "eth1", "eth0");
    }

    @Test
    void whoHasLeftAnUplinkReturnsAndTheOthersStay() throws ChangeRejected {
        attach(1, 4);
        network.apply(down("eth1"));
        network.apply(up("eth1"));

        Touched touched = network.apply(settled("eth1", DELAY));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-2"), new VnicId("web-4"));
        assertThat(uplinks(1, 4)).containsExactly("eth0", "eth1", "eth0", "eth1");
    }

    @Test
    void asManyMoreGoToAnUplinkThatHasSettledAsEvennessNeeds() throws ChangeRejected {
        network.apply(down("eth1"));
        attach(1, 5);
        network.apply(up("eth1"));

        Touched touched = network.apply(settled("eth1", DELAY));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-4"), new VnicId("web-5"));
        assertThat(uplinks(1, 5)).containsExactly("eth0", "eth0", "eth0", "eth1", "eth1");
    }

    @Test
    void nobodyIsMovedOnAccountOfAnotherTeamsVnics() throws ChangeRejected {
        network.apply(teamed("bulk", prefer(List.of("eth0"), List.of())));
        attach(1, 1);
        for (int number = 2; number <= 5; number++) {
            network.apply(vnic("bulk-" + number, HOST_1, "tap" + number, number, "bulk"));
        }

        Touched touched = network.apply(bridge(HOST_1, "eth0", "eth1", "eth2"));

        assertThat(touched.vnics()).containsExactly(WEB);
        assertThat(uplinks(1, 1)).containsExactly("eth1");
    }

    @Test
    void aRefugeBecomesTheHomeOfAVnicWhoseUplinkIsTakenAway() throws ChangeRejected {
        attach(1, 2);
        network.apply(down("eth1"));
        assertThat(network.vnic("web-2").home()).isEqualTo(new UplinkPin(2));

        network.apply(bridge(HOST_1, "eth0"));

        assertThat(network.vnic("web-2").home()).isEqualTo(new UplinkPin(1));
        assertThat(network.vnic("web-2").pin()).isEqualTo(new UplinkPin(1));
    }

    @Test
    void anUplinkInThePlaceOfOneThatWasDownIsNotDown() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1", "eth2"));
        network.apply(down("eth1"), down("eth2"));
        network.apply(bridge(HOST_1, "eth0", "eth2", "eth3"));
        ManagedBridge bridge = network.topology().bridge(HOST_1).orElseThrow();

        assertThat(bridge.pinOf("eth3")).contains(new UplinkPin(2));
        assertThat(bridge.isUp(new UplinkPin(2))).isTrue();
        assertThat(bridge.isUp(new UplinkPin(3))).isFalse();
    }

    @Test
    void aVnicStaysOnItsStandbyUplinkWhenItChangesInPlace() throws ChangeRejected {
        network.apply(teamed("web", prefer(List.of("eth1"), List.of("eth0"))));
        network.apply(teamed("also", prefer(List.of("eth1"), List.of("eth0"))));
        attach(1, 1);
        network.apply(down("eth1"));
        network.apply(up("eth1"));

        network.apply(new VnicAttached(network.vnic("web-1").vnic().asMulticastRouter()));
        assertThat(uplinks(1, 1)).containsExactly("eth0");

        network.apply(vnic("web-1", HOST_1, "tap1", 1, "also"));
        assertThat(uplinks(1, 1)).containsExactly("eth1");
    }

    @Test
    void aVnicThatAnotherPortGroupMovesIsRepinnedAndReachedByItsFormerUplinkWhileThatIsUp() throws ChangeRejected {
        network.apply(
                teamed("web", prefer(List.of("eth0"), List.of())), teamed("lab", prefer(List.of("eth1"), List.of())));
        attach(1, 1);
        network.apply(vnic("web-1", HOST_1, "tap1", 1, "lab"));
        assertThat(network.vnic("web-1").placement().cause()).isEqualTo(Cause.REPINNED);
        assertThat(network.vnic("web-1").former()).contains(new UplinkPin(1));

        network.apply(new VnicAttached(network.vnic("web-1").vnic().asMulticastRouter()));
        assertThat(network.vnic("web-1").former()).contains(new UplinkPin(1));

        network.apply(down("eth1"));
        network.apply(vnic("web-1", HOST_1, "tap1", 1, "web"));
        assertThat(uplinks(1, 1)).containsExactly("eth0");
        assertThat(network.vnic("web-1").former()).isEmpty();
    }

    @Test
    void anUplinkThatSettlesIsOneOfItsBridgeAndOfNoOther() throws ChangeRejected {
        network.apply(bridge(HOST_2, "eth0", "eth1"));
        attach(1, 2);
        network.apply(down("eth1"));
        network.apply(up("eth1"));
        Place there = new Place(HOST_2, new PortRef.ByName("tap9"));
        network.apply(new MigrationPrepared(new VnicId("web-2"), there, ActivateOn.REQUEST));

        assertThat(network.apply(new UplinkSettled(HOST_2, "eth1", DELAY)).isEmpty())
                .isTrue();
        assertThat(uplinks(2, 2)).containsExactly("eth0");
    }

    @Test
    void refusesToKnowOfUplinksThatAreNotThere() {
        assertThatThrownBy(() -> network.apply(new UplinkStateChanged(HOST_2, "eth0", true)))
                .hasMessage("there is no bridge 00000000000000a2");
        assertThatThrownBy(() -> network.apply(settled("eth7", DELAY)))
                .hasMessage("there is no uplink eth7 of bridge 00000000000000a1");
    }
}

package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.untagged;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VnicAttachmentTest {
    private final Network network = new Network();

    @BeforeEach
    void havePortGroups() throws ChangeRejected {
        network.apply(accessVlan("web", 100), accessVlan("lab", 200), accessVlan("also-100", 100), untagged("plain"));
    }

    @Test
    void takesTheSmallestFreeSlotOfItsBridge() throws ChangeRejected {
        network.apply(web(1), web(2), web(3));
        network.apply(detached("web-2"));
        network.apply(web(4), web(5));

        assertThat(network.slot("web-1")).isZero();
        assertThat(network.slot("web-4")).isEqualTo(1);
        assertThat(network.slot("web-3")).isEqualTo(2);
        assertThat(network.slot("web-5")).isEqualTo(3);
    }

    @Test
    void keepsItsSlotWhenItChangesInPlace() throws ChangeRejected {
        network.apply(web(1), web(2), web(3));
        network.apply(detached("web-1"));
        network.apply(vnic("web-3", HOST_1, "tap9", 9, "lab"));

        assertThat(network.slot("web-3")).isEqualTo(2);
        assertThat(network.topology().switchboard(HOST_1).vnics())
                .extracting(EffectiveVnic::id)
                .containsExactly(new VnicId("web-2"), new VnicId("web-3"));
    }

    @Test
    void leavesItsSlotAndPortToOthersWhenItMovesToAnotherBridge() throws ChangeRejected {
        network.apply(web(1), web(2), vnic("other", HOST_2, "tap1", 1, "web"));
        network.apply(vnic("web-1", HOST_2, "tap2", 3, "web"));
        network.apply(vnic("new", HOST_1, "tap1", 1, "web"));

        assertThat(network.slot("web-1")).isEqualTo(1);
        assertThat(network.slot("new")).isZero();
        assertThat(Network.owner(network.topology().switchboard(HOST_1), new VlanId(100), mac(1)))
                .contains(new VnicId("new"));
    }

    @Test
    void isRefusedWithTheMacOfAnotherInItsSegment() throws ChangeRejected {
        network.apply(web(1));

        Rejection.DuplicateMac rejection =
                rejection(Rejection.DuplicateMac.class, vnic("web-2", HOST_1, "tap2", 1, "also-100"));

        assertThat(rejection.holder()).isEqualTo(new VnicId("web-1"));
        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.CONFLICT);
        assertThat(rejection.field()).isEqualTo("mac");
        assertThat(rejection.detail())
                .isEqualTo(
                        "52:54:00:00:00:01 is already the MAC of vNIC 'web-1' in VLAN 100 of bridge 00000000000000a1");
    }

    @Test
    void mayHaveTheMacOfAnotherInAnotherSegmentOrBridge() throws ChangeRejected {
        network.apply(
                web(1),
                vnic("lab-1", HOST_1, "tap2", 1, "lab"),
                vnic("plain-1", HOST_1, "tap3", 1, "plain"),
                vnic("web-2", HOST_2, "tap1", 1, "web"));

        assertThat(network.topology().attachments()).hasSize(4);
    }

    @Test
    void isRefusedWithTheAllowedMacOfAnother() throws ChangeRejected {
        network.apply(allowed(web(1), 50));

        Rejection.MacAllowedToAnother rejection =
                rejection(Rejection.MacAllowedToAnother.class, vnic("web-2", HOST_1, "tap2", 50, "also-100"));

        assertThat(rejection.other()).isEqualTo(new VnicId("web-1"));
        network.apply(vnic("lab-1", HOST_1, "tap2", 50, "lab"));
    }

    @Test
    void isRefusedWithTheMacOfAnotherAmongItsAllowedOnes() throws ChangeRejected {
        network.apply(web(1));

        Rejection.AllowedMacOwned rejection = rejection(Rejection.AllowedMacOwned.class, allowed(web(2), 50, 1));

        assertThat(rejection.owner()).isEqualTo(new VnicId("web-1"));
        assertThat(rejection.mac()).isEqualTo(mac(1));
    }

    @Test
    void mayHaveTheMacThatAnothersGuestHasTaken() throws ChangeRejected {
        network.apply(web(1));
        network.apply(new TopologyChange.RxFilterReported(
                new VnicId("web-1"), Optional.of(RxFilter.exact(mac(50), List.of()))));
        network.apply(vnic("web-2", HOST_1, "tap2", 50, "web"));

        assertThat(network.topology().attachments()).hasSize(2);
    }

    @Test
    void isRefusedOnAPortThatIsTaken() throws ChangeRejected {
        network.apply(web(1));

        Rejection.PortTaken rejection = rejection(Rejection.PortTaken.class, vnic("lab-1", HOST_1, "tap1", 2, "lab"));

        assertThat(rejection.holder()).isEqualTo(new VnicId("web-1"));
        assertThat(rejection.field()).isEqualTo("port");
        assertThat(rejection.detail())
                .isEqualTo("port tap1 of bridge 00000000000000a1 is already taken by vNIC 'web-1'");
    }

    @Test
    void isRefusedOnAnUplink() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0"));

        Rejection.PortIsUplink rejection =
                rejection(Rejection.PortIsUplink.class, vnic("web-1", HOST_1, "eth0", 1, "web"));

        assertThat(rejection.field()).isEqualTo("port");
        assertThat(rejection.detail()).isEqualTo("port eth0 is an uplink of bridge 00000000000000a1");
    }

    @Test
    void isRefusedInAPortGroupThatIsNotThere() {
        Rejection.UnknownPortGroup rejection =
                rejection(Rejection.UnknownPortGroup.class, vnic("web-1", HOST_1, "tap1", 1, "wbe"));

        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.UNKNOWN_REFERENCE);
        assertThat(rejection.field()).isEqualTo("portGroup");
        assertThat(rejection.detail()).isEqualTo("there is no port group 'wbe'");
    }

    @Test
    void isToldEverythingThatStandsInItsWay() throws ChangeRejected {
        network.apply(web(1), web(2));

        ChangeRejected rejected = rejected(vnic("web-3", HOST_1, "tap2", 1, "web"));

        assertThat(rejected.rejections()).extracting(Rejection::field).containsExactly("mac", "port");
    }

    @Test
    void mayKeepItsOwnMacAndPort() throws ChangeRejected {
        network.apply(web(1));
        network.apply(vnic("web-1", HOST_1, "tap1", 1, "also-100"));

        assertThat(network.vnic("web-1").vnic().portGroup().text()).isEqualTo("also-100");
    }

    @Test
    void mayBeOnABridgeThatNobodyHasPut() throws ChangeRejected {
        network.apply(web(1));

        assertThat(network.topology().bridge(HOST_1)).isEmpty();
        assertThat(network.vnic("web-1").pin().isPinned()).isFalse();
    }

    @Test
    void changesNothingWhenItIsThereAlready() throws ChangeRejected {
        network.apply(web(1));
        Topology before = network.topology();

        assertThat(network.apply(web(1)).isEmpty()).isTrue();
        assertThat(network.topology()).isSameAs(before);
    }

    @Test
    void isGoneFromEveryIndexOnceItIsDetached() throws ChangeRejected {
        network.apply(web(1));
        network.apply(detached("web-1"));

        Switchboard switchboard = network.topology().switchboard(HOST_1);
        assertThat(network.topology().attachments()).isEmpty();
        assertThat(switchboard.size()).isZero();
        assertThat(switchboard.atPort(new PortRef.ByName("tap1"))).isEmpty();
        assertThat(Network.owner(switchboard, new VlanId(100), mac(1))).isEmpty();
        assertThat(switchboard.sets()).isEmpty();
    }

    @Test
    void cannotBeDetachedWhenItIsNotThere() {
        Rejection.NoSuchResource rejection = rejection(Rejection.NoSuchResource.class, detached("web-1"));

        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.NOT_FOUND);
        assertThat(rejection.detail()).isEqualTo("there is no vNIC 'web-1'");
    }

    @Test
    void findsAsManySlotsAsGroupIdsHaveRoomForAndNoMore() throws ChangeRejected {
        TopologyChange[] all = new TopologyChange[Attachment.MAX_SLOTS];
        for (int number = 0; number < all.length; number++) {
            all[number] = web(number);
        }
        network.apply(all);

        Rejection.BridgeFull rejection = rejection(Rejection.BridgeFull.class, web(all.length));
        assertThat(rejection.field()).isEqualTo("bridge");
        assertThat(rejection.detail()).isEqualTo("bridge 00000000000000a1 has 65472 vNICs, and no room for more");

        network.apply(detached("web-4711"));
        network.apply(web(all.length));
        assertThat(network.slot("web-65472")).isEqualTo(4711);
    }

    @Test
    void countsForTheLinkOfItsSlotInItsFloodSet() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0"));
        for (int number = 0; number <= Switchboard.SLOTS_PER_LINK; number++) {
            network.apply(web(number));
        }
        Switchboard switchboard = network.topology().switchboard(HOST_1);
        MemberSet set = new MemberSet(
                new Scope.OfVlan(new VlanId(100)),
                MemberSet.Kind.ALL_MULTICAST,
                network.vnic("web-0").pin());

        assertThat(switchboard.sets(new Scope.OfVlan(new VlanId(100)))).containsExactly(set);
        assertThat(switchboard.linksOf(set)).containsExactly(0, 1);
        assertThat(switchboard.slotsOfLink(1)).containsOnlyKeys(Switchboard.SLOTS_PER_LINK);
        assertThat(switchboard.atSlot(1).map(EffectiveVnic::id)).isEqualTo(Optional.of(new VnicId("web-1")));
    }

    private static Vnic vnicOf(TopologyChange attached) {
        return ((TopologyChange.VnicAttached) attached).vnic();
    }

    private static TopologyChange allowed(TopologyChange attached, int... macs) {
        return new TopologyChange.VnicAttached(vnicOf(attached)
                .withAllowedMacs(Arrays.stream(macs).mapToObj(Network::mac).collect(Collectors.toSet())));
    }

    private ChangeRejected rejected(TopologyChange change) {
        return catchThrowableOfType(ChangeRejected.class, () -> network.apply(change));
    }

    private <R extends Rejection> R rejection(Class<R> kind, TopologyChange change) {
        ChangeRejected rejected = rejected(change);
        assertThat(rejected.rejections()).singleElement().isInstanceOf(kind);
        assertThat(rejected).hasMessage(rejected.rejections().get(0).detail());
        return kind.cast(rejected.rejections().get(0));
    }
}

package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.trunk;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");
    private static final Scope VLAN = new Scope.OfVlan(new VlanId(100));

    private final Network network = new Network();

    /** web-1 and web-2 in VLAN 100, on an uplink each; web-3 and web-4 with trunks that overlap in VLANs 15 to 20. */
    @BeforeEach
    void haveAccessVnicsAndTrunks() throws ChangeRejected {
        network.apply(accessVlan("web", 100), trunk("trunk", "10-20"), trunk("wide", "15-30", "100"));
        network.apply(bridge(HOST_1, "eth0", "eth1"), web(1), web(2));
        network.apply(vnic("web-3", HOST_1, "tap3", 3, "trunk"), vnic("web-4", HOST_1, "tap4", 4, "wide"));
    }

    private Switchboard switchboard() {
        return network.topology().switchboard(HOST_1);
    }

    private EffectiveVnic effective(int number) {
        return network.topology().effective(network.vnic("web-" + number));
    }

    private static TopologyChange listens(int number, MacAddress... groups) {
        return new RxFilterReported(
                new VnicId("web-" + number), Optional.of(RxFilter.exact(mac(number), List.of(groups))));
    }

    private static MemberSet allMulticast(Scope scope, EffectiveVnic vnic) {
        return new MemberSet(scope, Kind.ALL_MULTICAST, vnic.pin());
    }

    @Test
    void listsItsSlotsAndThoseOfTrunksAmongThem() throws ChangeRejected {
        assertThat(switchboard().slots()).containsExactly(0, 1, 2, 3);
        assertThat(switchboard().trunkSlots()).containsExactly(2, 3);
        assertThat(network.topology().occupiedBridges()).containsExactly(HOST_1);

        network.apply(detached("web-3"));
        assertThat(switchboard().trunkSlots()).containsExactly(3);
    }

    @Test
    void putsAVnicWithoutATrunkInTheSetsOfItsVlan() {
        assertThat(switchboard().scopesOf(effective(1))).containsExactly(VLAN);
        assertThat(switchboard().setsOf(effective(1))).containsExactly(allMulticast(VLAN, effective(1)));
        assertThat(switchboard().sets(VLAN))
                .containsExactly(allMulticast(VLAN, effective(1)), allMulticast(VLAN, effective(2)));
    }

    @Test
    void putsATrunkInTheSetsOfEachClassOfItsVlans() {
        Scope alone = new Scope.OfClass(new VlanId(10));
        Scope shared = new Scope.OfClass(new VlanId(15));

        assertThat(switchboard().setsOf(effective(3)))
                .containsExactly(allMulticast(alone, effective(3)), allMulticast(shared, effective(3)));
        assertThat(switchboard().sets(shared))
                .containsExactly(allMulticast(shared, effective(3)), allMulticast(shared, effective(4)));
    }

    @Test
    void leavesATrunkInOneSetOnceNoOtherSplitsItsVlans() throws ChangeRejected {
        network.apply(detached("web-4"));

        assertThat(switchboard().setsOf(effective(3)))
                .containsExactly(allMulticast(new Scope.OfClass(new VlanId(10)), effective(3)));
        assertThat(switchboard().sets())
                .containsExactlyInAnyOrder(
                        allMulticast(VLAN, effective(1)),
                        allMulticast(VLAN, effective(2)),
                        allMulticast(new Scope.OfClass(new VlanId(10)), effective(3)));
    }

    @Test
    void givesAnAddressANumberForAsLongAsSomebodyHoldsIt() throws ChangeRejected {
        network.apply(listens(1, GROUP), listens(2, GROUP));
        MemberSet holders =
                new MemberSet(new Scope.OfAddress(0), Kind.HOLDER, effective(1).pin());

        assertThat(switchboard().addresses()).isEqualTo(Map.of(0, new SharedAddress(VLAN, GROUP)));
        assertThat(switchboard().address(0)).contains(new SharedAddress(VLAN, GROUP));
        assertThat(switchboard().address(1)).isEmpty();
        assertThat(switchboard().setsOf(effective(1))).contains(holders);
        assertThat(switchboard().linksOf(holders)).containsExactly(0);

        network.apply(detached("web-1"));
        assertThat(switchboard().addresses()).containsOnlyKeys(0);
        assertThat(switchboard().linksOf(holders)).isEmpty();

        network.apply(listens(2));
        assertThat(switchboard().addresses()).isEmpty();
    }

    @Test
    void numbersTheAddressesOfATrunkByItsClasses() throws ChangeRejected {
        network.apply(listens(3, GROUP));

        assertThat(switchboard().addresses().values())
                .containsExactly(
                        new SharedAddress(new Scope.OfClass(new VlanId(10)), GROUP),
                        new SharedAddress(new Scope.OfClass(new VlanId(15)), GROUP));
    }

    @Test
    void knowsEveryVnicAsMemberOfTheSetsThatItListsItIn() throws ChangeRejected {
        network.apply(listens(1, GROUP), listens(3, GROUP));
        network.apply(new VnicAttached(network.vnic("web-2").vnic().withAllowedMacs(Set.of(mac(50)))));
        List<MemberSet> others = List.of(
                new MemberSet(VLAN, Kind.MIRRORING, effective(1).pin()),
                new MemberSet(
                        new Scope.OfVlan(new VlanId(10)),
                        Kind.ALL_MULTICAST,
                        effective(3).pin()),
                new MemberSet(
                        new Scope.OfClass(new VlanId(100)),
                        Kind.FILTERED,
                        effective(1).pin()),
                new MemberSet(new Scope.OfAddress(99), Kind.HOLDER, effective(1).pin()));

        for (EffectiveVnic vnic : switchboard().vnics()) {
            assertThat(switchboard().setsOf(vnic)).isNotEmpty();
            assertThat(Stream.concat(switchboard().sets().stream(), others.stream())
                            .filter(set -> switchboard().isMember(vnic, set)))
                    .as("%s", vnic.id())
                    .containsExactlyInAnyOrderElementsOf(switchboard().setsOf(vnic));
        }
    }

    @Test
    void countsTheVnicsOfAnUplink() throws ChangeRejected {
        assertThat(switchboard().pinnedTo(new UplinkPin(1))).isEqualTo(2);

        network.apply(detached("web-1"));
        assertThat(switchboard().pinnedTo(new UplinkPin(1))).isEqualTo(1);

        network.apply(detached("web-3"));
        assertThat(switchboard().pinnedTo(new UplinkPin(1))).isZero();
    }

    @Test
    void findsWhoUsesTheMacOfAnotherInItsSegment() throws ChangeRejected {
        network.apply(new RxFilterReported(new VnicId("web-2"), Optional.of(RxFilter.exact(mac(1), List.of()))));
        network.apply(new RxFilterReported(new VnicId("web-3"), Optional.of(RxFilter.exact(mac(1), List.of()))));

        assertThat(switchboard().rivalsOf(effective(1)))
                .extracting(EffectiveVnic::id)
                .containsExactly(new VnicId("web-2"));
        assertThat(switchboard().rivalsOf(effective(2))).isEmpty();
    }

    @Test
    void numbersAsManyAddressesAsGroupIdsHaveRoomForAndNoMore() throws ChangeRejected {
        int each = RxFilter.MAX_MULTICAST;
        for (int number = 1; number <= Switchboard.MAX_ADDRESSES / each; number++) {
            network.apply(vnic("many-" + number, HOST_2, "tap" + number, number, "web"));
            network.apply(new RxFilterReported(
                    new VnicId("many-" + number),
                    Optional.of(RxFilter.exact(mac(number), groups(number * each, each)))));
        }
        network.apply(vnic("last", HOST_2, "tap0", 99, "web"));
        assertThat(network.topology().switchboard(HOST_2).addresses()).hasSize(Switchboard.MAX_ADDRESSES);
        Topology full = network.topology();

        ChangeRejected rejected = catchThrowableOfType(
                ChangeRejected.class,
                () -> network.apply(
                        new RxFilterReported(new VnicId("last"), Optional.of(RxFilter.exact(mac(99), groups(0, 1))))));

        assertThat(rejected.rejections())
                .containsExactly(new Rejection.AddressesFull(HOST_2, Switchboard.MAX_ADDRESSES));
        assertThat(network.topology()).isSameAs(full);
    }

    private static List<MacAddress> groups(int from, int count) {
        return Stream.iterate(from, index -> index + 1)
                .limit(count)
                .map(index -> new MacAddress(GROUP.bits() + index))
                .toList();
    }
}

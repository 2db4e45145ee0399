package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.EffectiveVnic.Block;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PlaceLeft;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EffectiveVnicTest {
    private static final VnicId WEB = new VnicId("web-1");
    private static final PortGroup PORT_GROUP =
            new PortGroup(new PortGroupName("web"), new VlanMode.Access(new VlanId(100)));
    private static final SecurityPolicy ACCEPTS_ALL = all(Setting.ACCEPT);
    private static final MacAddress LLDP = MacAddress.parse("01:80:c2:00:00:0e");
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");

    private final Network network = new Network();

    @BeforeEach
    void haveTwoVnics() throws ChangeRejected {
        network.apply(accessVlan("web", 100), web(1), web(2));
    }

    private EffectiveVnic web1() {
        return network.topology().effective(network.vnic("web-1"));
    }

    private void put(PortGroup portGroup) throws ChangeRejected {
        network.apply(new PortGroupPut(portGroup));
    }

    private void put(Vnic vnic) throws ChangeRejected {
        network.apply(new VnicAttached(vnic));
    }

    private void reported(RxFilter filter) throws ChangeRejected {
        network.apply(new RxFilterReported(WEB, Optional.of(filter)));
    }

    private static SecurityPolicy all(Setting setting) {
        Optional<Setting> given = Optional.of(setting);
        return new SecurityPolicy(given, given, given);
    }

    private static RxFilter unicast(MacAddress effective, Set<MacAddress> further) {
        return new RxFilter(effective, false, false, new TreeSet<>(), new TreeSet<>(further), Optional.empty());
    }

    private static RxFilter promiscuous() {
        return new RxFilter(mac(1), true, false, new TreeSet<>(), new TreeSet<>(), Optional.empty());
    }

    private static SortedSet<MacAddress> macs(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Network::mac).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void sendsFromItsInitialMacAndGetsAllMulticastWhileNothingElseIsKnown() {
        assertThat(web1().sources()).containsExactly(mac(1));
        assertThat(web1().mayForge()).isFalse();
        assertThat(web1().usesInitialMac()).isTrue();
        assertThat(web1().isNormalReceiver()).isTrue();
        assertThat(web1().shared()).isEmpty();
        assertThat(web1().claims()).isEmpty();
        assertThat(web1().heldAddresses()).isEmpty();
        assertThat(web1().kinds()).containsExactly(Kind.ALL_MULTICAST);
    }

    @Test
    void sendsFromItsAllowedMacsAndSharesThem() throws ChangeRejected {
        put(network.vnic("web-1").vnic().withAllowedMacs(macs(50, 51)));

        assertThat(web1().sources()).containsExactly(mac(1), mac(50), mac(51));
        assertThat(web1().shared()).containsExactly(mac(50), mac(51));
        assertThat(web1().heldAddresses()).containsExactly(mac(50), mac(51));
        assertThat(web1().holds(mac(50))).isTrue();
        assertThat(web1().holds(mac(1))).isFalse();
        assertThat(web1().claims()).containsExactly(mac(50), mac(51));
    }

    @Test
    void doesNotShareItsInitialMacEvenIfThatIsAllowed() throws ChangeRejected {
        put(network.vnic("web-1").vnic().withAllowedMacs(Set.of(mac(1))));

        assertThat(web1().shared()).isEmpty();
        assertThat(web1().claims()).isEmpty();
    }

    @Test
    void isCutOffWhileItsGuestUsesAnotherMac() throws ChangeRejected {
        put(network.vnic("web-1").vnic().withAllowedMacs(macs(50, 50)));
        reported(RxFilter.exact(mac(77), List.of(GROUP)));

        assertThat(web1().block()).contains(Block.MAC_ADDRESS_CHANGED);
        assertThat(Block.MAC_ADDRESS_CHANGED.reason()).isEqualTo("macAddressChanged");
        assertThat(web1().usesInitialMac()).isFalse();
        assertThat(web1().isNormalReceiver()).isFalse();
        assertThat(web1().kinds()).isEmpty();
        assertThat(web1().heldAddresses()).isEmpty();
        assertThat(web1().holds(mac(50))).isFalse();
        assertThat(web1().holds(GROUP)).isFalse();
    }

    @Test
    void usesTheMacOfItsGuestWhereChangesAreAccepted() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        reported(RxFilter.exact(mac(77), List.of()));

        assertThat(web1().isBlocked()).isFalse();
        assertThat(web1().effectiveMac()).isEqualTo(mac(77));
        assertThat(web1().sources()).containsExactly(mac(77));
        assertThat(web1().shared()).containsExactly(mac(77));
        assertThat(web1().claims()).containsExactly(mac(77));
        assertThat(web1().usesInitialMac()).isFalse();
        assertThat(web1().isNormalReceiver()).isTrue();
    }

    @Test
    void isCutOffWhileItsGuestUsesAnothersInitialMac() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        reported(RxFilter.exact(mac(2), List.of()));
        assertThat(web1().block()).contains(Block.MAC_IN_USE);
        assertThat(Block.MAC_IN_USE.reason()).isEqualTo("macInUse");

        network.apply(detached("web-2"));
        assertThat(web1().isBlocked()).isFalse();

        network.apply(web(2));
        assertThat(web1().block()).contains(Block.MAC_IN_USE);
    }

    @Test
    void isSeenAnewOnceWithItsBridgeOrTheOwnerOfItsMac() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        reported(RxFilter.exact(mac(2), List.of()));
        network.apply(web(3), detached("web-2"));
        assertThat(network.topology().switchboard(HOST_1).pinnedTo(UplinkPin.NONE))
                .isEqualTo(2);

        network.apply(new BridgePut(new Bridge(HOST_1, "", List.of()).withSecurity(ACCEPTS_ALL)));
        assertThat(network.topology().switchboard(HOST_1).pinnedTo(UplinkPin.NONE))
                .isEqualTo(2);
    }

    @Test
    void isNotCutOffForAMacWhoseOwnerIsOnlyAboutToCome() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        network.apply(vnic("web-2", HOST_2, "tap2", 2, "web"));
        network.apply(new PlaceLeft(new VnicId("web-2"), new Place(HOST_1, new PortRef.ByName("tap2"))));
        reported(RxFilter.exact(mac(2), List.of()));
        network.apply(new MigrationPrepared(
                new VnicId("web-2"), new Place(HOST_1, new PortRef.ByName("tap9")), ActivateOn.REQUEST));
        assertThat(web1().isBlocked()).isFalse();

        network.apply(new MigrationActivated(new VnicId("web-2")));
        assertThat(web1().block()).contains(Block.MAC_IN_USE);
    }

    @Test
    void isTheSameToItsBridgeWhileItMigratesFromThere() throws ChangeRejected {
        EffectiveVnic before = web1();
        network.apply(new MigrationPrepared(WEB, new Place(HOST_2, new PortRef.ByName("tap9")), ActivateOn.REQUEST));

        assertThat(web1()).isNotEqualTo(before);
        assertThat(web1().onItsBridge()).isEqualTo(before.onItsBridge());

        put(network.vnic("web-1").vnic().asMulticastRouter());
        assertThat(web1().onItsBridge()).isNotEqualTo(before.onItsBridge());
    }

    @Test
    void followsTheNearestPolicyThatSaysAnything() throws ChangeRejected {
        network.apply(new BridgePut(new Bridge(HOST_1, "", List.of()).withSecurity(ACCEPTS_ALL)));
        assertThat(web1().mayForge()).isTrue();

        put(PORT_GROUP.withSecurity(all(Setting.REJECT)));
        assertThat(web1().mayForge()).isFalse();

        put(network.vnic("web-1").vnic().withSecurity(ACCEPTS_ALL));
        assertThat(web1().mayForge()).isTrue();
    }

    @Test
    void ignoresFurtherUnicastOfItsFilterWhereMacChangesAreRejected() throws ChangeRejected {
        put(network.vnic("web-1").vnic().withAllowedMacs(macs(50, 50)));
        reported(unicast(mac(1), Set.of(mac(1), mac(60), mac(61))));

        assertThat(web1().ignored()).containsExactly(mac(60), mac(61));
        assertThat(web1().shared()).containsExactly(mac(50));
        assertThat(web1().claims()).containsExactly(mac(50), mac(60), mac(61));
    }

    @Test
    void getsTheSixteenLowestUnicastOfItsFilterThatAreNobodysOwn() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        SortedSet<MacAddress> wanted = macs(60, 80);
        wanted.add(mac(1));
        wanted.add(mac(2));
        reported(unicast(mac(1), wanted));

        assertThat(web1().shared()).containsExactlyElementsOf(macs(60, 75));
        assertThat(web1().ignored()).contains(mac(2)).containsAll(macs(76, 80)).hasSize(6);
        assertThat(web1().sources()).containsExactly(mac(1));
    }

    @Test
    void getsTheMulticastThatItsFilterNames() throws ChangeRejected {
        put(network.vnic("web-1").vnic().withAllowedMacs(macs(50, 50)));
        reported(RxFilter.exact(mac(1), List.of(GROUP, MacAddress.BROADCAST, LLDP)));

        assertThat(web1().allMulticast()).isFalse();
        assertThat(web1().multicast()).containsExactly(GROUP);
        assertThat(web1().kinds()).containsExactly(Kind.FILTERED);
        assertThat(web1().heldAddresses()).containsExactlyInAnyOrder(mac(50), GROUP);
        assertThat(web1().holds(GROUP)).isTrue();
        assertThat(web1().holds(LLDP)).isFalse();
    }

    @Test
    void holdsNothingButItsMulticastWithoutSharedMacs() throws ChangeRejected {
        reported(RxFilter.exact(mac(1), List.of(GROUP)));

        assertThat(web1().heldAddresses()).containsExactly(GROUP);
    }

    @Test
    void getsLinkLocalControlThatItsFilterNamesWhereItsPortGroupAllowsThat() throws ChangeRejected {
        put(PORT_GROUP.withLinkLocalControl());
        reported(RxFilter.exact(mac(1), List.of(GROUP, LLDP)));

        assertThat(web1().multicast()).containsExactlyInAnyOrder(GROUP, LLDP);
        assertThat(web1().kinds()).containsExactly(Kind.FILTERED);
    }

    @Test
    void getsAllMulticastWhenItsFilterOverflows() throws ChangeRejected {
        put(PORT_GROUP.withLinkLocalControl());
        reported(new RxFilter(mac(1), false, true, new TreeSet<>(Set.of(GROUP)), new TreeSet<>(), Optional.empty()));

        assertThat(web1().allMulticast()).isTrue();
        assertThat(web1().multicast()).isEmpty();
        assertThat(web1().kinds()).containsExactlyInAnyOrder(Kind.ALL_MULTICAST, Kind.CONTROL);
    }

    @Test
    void getsItsNeighboursReportsAsAMulticastRouter() throws ChangeRejected {
        put(network.vnic("web-1").vnic().asMulticastRouter());

        assertThat(web1().isMulticastRouter()).isTrue();
        assertThat(web1().kinds()).containsExactlyInAnyOrder(Kind.ALL_MULTICAST, Kind.MULTICAST_ROUTER);
    }

    @Test
    void isAMirrorAndNothingElseWhereThePolicyAcceptsPromiscuousMode() throws ChangeRejected {
        put(PORT_GROUP.withSecurity(ACCEPTS_ALL));
        put(network.vnic("web-1").vnic().withAllowedMacs(macs(50, 50)));
        reported(promiscuous());

        assertThat(web1().mirroring()).isTrue();
        assertThat(web1().promiscuousDenied()).isFalse();
        assertThat(web1().kinds()).containsExactly(Kind.MIRRORING);
        assertThat(web1().isNormalReceiver()).isFalse();
        assertThat(web1().heldAddresses()).isEmpty();

        put(PORT_GROUP.withSecurity(ACCEPTS_ALL).withLinkLocalControl());
        assertThat(web1().kinds()).containsExactlyInAnyOrder(Kind.MIRRORING, Kind.CONTROL_MIRRORING);
    }

    @Test
    void staysAnOrdinaryReceiverWhereThePolicyRejectsPromiscuousMode() throws ChangeRejected {
        reported(promiscuous());

        assertThat(web1().mirroring()).isFalse();
        assertThat(web1().promiscuousDenied()).isTrue();
        assertThat(web1().isNormalReceiver()).isTrue();
    }
}

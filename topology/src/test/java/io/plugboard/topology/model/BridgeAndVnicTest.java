package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BridgeAndVnicTest {
    private static final DatapathId HOST = new DatapathId(0xa1);

    @Test
    void aBridgeNamesAnUplinkOnce() {
        assertThatThrownBy(() -> new Bridge(HOST, "", List.of("eth0", "eth1", "eth0")))
                .hasMessage("an uplink is named twice in [eth0, eth1, eth0]");
    }

    @Test
    void aBridgeHas31UplinksAtMost() {
        List<String> uplinks = new ArrayList<>(
                IntStream.range(0, 31).mapToObj(index -> "eth" + index).toList());
        assertThat(new Bridge(HOST, "", uplinks).uplinks()).hasSize(31);

        uplinks.add("eth31");
        assertThatThrownBy(() -> new Bridge(HOST, "", uplinks)).hasMessage("a bridge has at most 31 uplinks, not 32");
    }

    @Test
    void anUplinkHasTheNameOfAPort() {
        assertThatThrownBy(() -> new Bridge(HOST, "", List.of("sixteen-letters.")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVnicOwnsNoGroupAddress() {
        assertThatThrownBy(() -> vnic("53:54:00:00:00:01"))
                .hasMessage("53:54:00:00:00:01 is a group address (its multicast bit is set):"
                        + " no network card can own it");
    }

    @Test
    void aVnicOwnsAnAddress() {
        assertThatThrownBy(() -> vnic("00:00:00:00:00:00"))
                .hasMessage("00:00:00:00:00:00 is no address of a network card");
    }

    @Test
    void aVnicHasAnAddressAsItsOwnThatANetworkCardCanHave() {
        MacAddress mac = MacAddress.parse("52:54:00:00:00:01");

        assertThat(Vnic.requireOwnable(mac)).isEqualTo(mac);
    }

    @Test
    void aVnicIsAllowed16MacsThatANetworkCardCanHave() {
        Vnic vnic = vnic("52:54:00:00:00:01");

        assertThat(vnic.withAllowedMacs(macs(16)).allowedMacs()).hasSize(16);
        assertThatThrownBy(() -> vnic.withAllowedMacs(macs(17)))
                .hasMessage("a vNIC has at most 16 allowed MACs, not 17");
        assertThatThrownBy(() -> vnic.withAllowedMacs(Set.of(MacAddress.BROADCAST)))
                .hasMessageContaining("is a group address");
    }

    @Test
    void aVnicHas64AddressesAtMost() {
        assertThat(withAddresses(64).addresses()).hasSize(64);
        assertThatThrownBy(() -> withAddresses(65)).hasMessage("a vNIC has at most 64 addresses, not 65");
    }

    @Test
    void aPolicyThatIsGivenIsTheOneThatPortGroupAndBridgeHave() {
        PortGroup portGroup = new PortGroup(new PortGroupName("web"), new VlanMode.Untagged());
        Bridge bridge = new Bridge(HOST, "", List.of());

        assertThat(portGroup.teaming()).isEmpty();
        assertThat(portGroup.withTeaming(TeamingPolicy.DEFAULT).teaming()).contains(TeamingPolicy.DEFAULT);
        assertThat(bridge.teaming()).isEmpty();
        assertThat(bridge.withTeaming(TeamingPolicy.DEFAULT).teaming()).contains(TeamingPolicy.DEFAULT);
        assertThat(portGroup.notifySwitches()).isEmpty();
        assertThat(portGroup.withNotifySwitches(false).notifySwitches()).contains(false);
    }

    private static Set<MacAddress> macs(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(MacAddress::new).collect(Collectors.toSet());
    }

    private static Vnic withAddresses(int count) {
        SortedSet<VnicAddress> addresses = IntStream.rangeClosed(1, count)
                .mapToObj(index -> new VnicAddress(IpAddress.parse("192.0.2." + index)))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Vnic(
                new VnicId("web-1"),
                new Place(HOST, new PortRef.ByName("tap0")),
                MacAddress.parse("52:54:00:00:00:01"),
                new PortGroupName("web"),
                Vnic.Source.REST,
                SecurityPolicy.INHERITED,
                new TreeSet<>(),
                addresses,
                false);
    }

    private static Vnic vnic(String mac) {
        return new Vnic(
                new VnicId("web-1"),
                new Place(HOST, new PortRef.ByName("tap0")),
                MacAddress.parse(mac),
                new PortGroupName("web"),
                Vnic.Source.REST);
    }
}

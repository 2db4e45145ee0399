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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.TeamingPolicy.Selection;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestorationTest {
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");
    private static final MacAddress OTHER_GROUP = MacAddress.parse("01:00:5e:00:00:fc");

    private final Network network = new Network();
    private final List<StoredPortGroup> portGroups = new ArrayList<>();
    private final List<ManagedBridge> bridges = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final Map<AddressNumber, SharedAddress> addresses = new TreeMap<>();

    @BeforeEach
    void storeSomeFacts() throws ChangeRejected {
        network.apply(accessVlan("web", 100), bridge(HOST_1, "eth0", "eth1"), web(1), web(2), web(3));
        network.apply(detached("web-2"), vnic("far", HOST_2, "tap1", 1, "web"));
        readTheStore();
    }

    private void readTheStore() {
        List.of(portGroups, bridges, attachments).forEach(List::clear);
        addresses.clear();
        portGroups.addAll(network.topology().portGroups().values());
        bridges.addAll(network.topology().bridges().values());
        attachments.addAll(network.topology().attachments().values());
        for (DatapathId dpid : network.topology().occupiedBridges()) {
            network.topology()
                    .switchboard(dpid)
                    .addresses()
                    .forEach((number, address) -> addresses.put(new AddressNumber(dpid, number), address));
        }
    }

    @Test
    void giveSlotsAndPinsAndRevisionsBack() throws ChangeRejected {
        Collections.reverse(attachments);
        Topology restored = restore();

        assertThat(restored.revision()).isEqualTo(2);
        assertThat(restored.attachments()).isEqualTo(network.topology().attachments());
        assertThat(restored.apply(List.of(web(4))).topology().attachments())
                .isEqualTo(network.topology().apply(List.of(web(4))).topology().attachments());
    }

    @Test
    void giveSharedAddressesTheirNumbersBack() throws ChangeRejected {
        listen("web-1", mac(1), GROUP, OTHER_GROUP);
        listen("web-3", mac(3), OTHER_GROUP);
        network.apply(detached("web-1"));
        Map<Integer, SharedAddress> numbers =
                network.topology().switchboard(HOST_1).addresses();
        assertThat(numbers).containsOnlyKeys(1);
        readTheStore();

        assertThat(restore().switchboard(HOST_1).addresses()).isEqualTo(numbers);
    }

    @Test
    void refuseAddressesThatAreNotThoseOfTheVnics() throws ChangeRejected {
        addresses.put(new AddressNumber(HOST_1, 0), new SharedAddress(new Scope.OfVlan(new VlanId(100)), GROUP));
        assertRefused("the addresses that have numbers on bridge 00000000000000a1 are not those that its vNICs have");

        listen("far", mac(1), GROUP);
        readTheStore();
        addresses.clear();
        assertRefused("the addresses that have numbers on bridge 00000000000000a2 are not those that its vNICs have");
    }

    @Test
    void giveBothSeatsOfAVnicThatMigratesBack() throws ChangeRejected {
        network.apply(detached("far"), prepared("web-1", "tap9"));
        readTheStore();
        Topology restored = restore();

        assertThat(restored.attachments()).isEqualTo(network.topology().attachments());
        assertThat(restored.seats(new VnicId("web-1"), HOST_2)).hasSize(1);
    }

    @Test
    void refuseASecondSeatThatAnotherHas() throws ChangeRejected {
        network.apply(detached("far"), prepared("web-1", "tap1"));
        Attachment migrating = network.vnic("web-1");
        network.apply(detached("web-1"), vnic("far", HOST_2, "tap1", 9, "web"));
        readTheStore();
        attachments.add(migrating);

        assertRefused("vNIC 'web-1' has slot 0 of bridge 00000000000000a2, and so has vNIC 'far'");
    }

    @Test
    void takeAVnicWithoutAPinWhereItsTeamHasNoUplink() throws ChangeRejected {
        network.apply(new PortGroupPut(new PortGroup(new PortGroupName("web"), new VlanMode.Access(new VlanId(100)))
                .withTeaming(new TeamingPolicy(
                        Selection.ORIGINATING_PORT, List.of("eth9"), List.of(), true, Duration.ZERO))));
        assertThat(network.vnic("web-1").pin()).isEqualTo(UplinkPin.NONE);
        readTheStore();

        assertThat(restore().attachments()).isEqualTo(network.topology().attachments());
    }

    @Test
    void refuseAVnicWithoutItsPortGroup() {
        portGroups.clear();

        assertRefused("vNIC 'far': there is no port group 'web'");
    }

    @Test
    void refuseOneSlotForTwo() {
        Attachment second = attachments.get(2);
        attachments.set(2, attachment(second.vnic(), 0, second.pin(), second.revision()));

        assertRefused("vNIC 'web-3' has slot 0 of bridge 00000000000000a1, and so has vNIC 'web-1'");
    }

    @Test
    void refuseOnePortForTwo() {
        Attachment second = attachments.get(2);
        Vnic vnic = second.vnic();
        Vnic misplaced = new Vnic(
                vnic.id(), new Place(HOST_1, new PortRef.ByName("tap1")), vnic.mac(), vnic.portGroup(), vnic.source());
        attachments.set(2, attachment(misplaced, second.slot(), second.pin(), second.revision()));

        assertRefused("vNIC 'web-3': port tap1 of bridge 00000000000000a1 is already taken by vNIC 'web-1'");
    }

    @Test
    void refuseAPinToAnUplinkThatIsNotThere() {
        Attachment first = attachments.get(1);
        attachments.set(1, attachment(first.vnic(), first.slot(), new UplinkPin(3), first.revision()));

        assertRefused("vNIC 'web-1' is pinned to uplink slot 3, and those of bridge 00000000000000a1 are [1, 2]");
    }

    @Test
    void refuseAVnicWithoutAPinWhereThereAreUplinks() {
        Attachment first = attachments.get(1);
        attachments.set(1, attachment(first.vnic(), first.slot(), UplinkPin.NONE, first.revision()));

        assertRefused("vNIC 'web-1' is pinned to uplink slot 0");
    }

    @Test
    void refuseAPinWhereThereIsNoBridge() {
        Attachment far = attachments.get(0);
        attachments.set(0, attachment(far.vnic(), far.slot(), new UplinkPin(1), far.revision()));

        assertRefused("vNIC 'far' is pinned to uplink slot 1, and those of bridge 00000000000000a2 are []");
    }

    @Test
    void refuseTheSameResourceTwice() {
        portGroups.add(portGroups.get(0));
        assertRefused("port group 'web' is there twice");
        portGroups.remove(1);

        bridges.add(bridges.get(0));
        assertRefused("bridge 00000000000000a1 is there twice");
        bridges.remove(1);

        Attachment far = attachments.get(0);
        attachments.add(attachment(far.vnic(), 7, far.pin(), far.revision()));
        assertRefused("vNIC 'far' is there twice");
    }

    @Test
    void refuseARevisionThatHasNotBeenYet() {
        Attachment far = attachments.get(0);
        attachments.set(0, attachment(far.vnic(), far.slot(), far.pin(), 3));

        assertRefused("vNIC 'far' is of revision 3, and the last is 2");
    }

    @Test
    void refuseABridgeWhoseSlotsAreNotThoseOfItsUplinks() {
        Bridge bridge = bridges.get(0).bridge();

        assertThatThrownBy(() -> new ManagedBridge(bridge, new TreeMap<>(), new TreeSet<>(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bridge 00000000000000a1 has uplinks [eth0, eth1], and slots for {}");
    }

    private void listen(String vnic, MacAddress own, MacAddress... groups) throws ChangeRejected {
        network.apply(new RxFilterReported(new VnicId(vnic), Optional.of(RxFilter.exact(own, List.of(groups)))));
    }

    private static TopologyChange prepared(String vnic, String port) {
        return new MigrationPrepared(new VnicId(vnic), new Place(HOST_2, new PortRef.ByName(port)), ActivateOn.REQUEST);
    }

    private static Attachment attachment(Vnic vnic, int slot, UplinkPin pin, long revision) {
        return new Attachment(vnic, slot, pin, Optional.empty(), revision);
    }

    private Topology restore() {
        return Topology.restore(network.topology().revision(), portGroups, bridges, attachments, addresses);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::restore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(reason);
    }
}

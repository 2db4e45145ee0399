package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
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
    private final Network network = new Network();
    private final List<StoredPortGroup> portGroups = new ArrayList<>();
    private final List<ManagedBridge> bridges = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    @BeforeEach
    void storeSomeFacts() throws ChangeRejected {
        network.apply(accessVlan("web", 100), bridge(HOST_1, "eth0", "eth1"), web(1), web(2), web(3));
        network.apply(detached("web-2"), vnic("far", HOST_2, "tap1", 1, "web"));
        portGroups.addAll(network.topology().portGroups().values());
        bridges.addAll(network.topology().bridges().values());
        attachments.addAll(network.topology().attachments().values());
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

    private static Attachment attachment(Vnic vnic, int slot, UplinkPin pin, long revision) {
        return new Attachment(vnic, slot, pin, Optional.empty(), revision);
    }

    private Topology restore() {
        return Topology.restore(network.topology().revision(), portGroups, bridges, attachments, Map.of());
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::restore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(reason);
    }
}

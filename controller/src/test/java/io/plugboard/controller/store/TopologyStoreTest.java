package io.plugboard.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.PortGroupDeleted;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises. */
public abstract class TopologyStoreTest {
    private static final DatapathId HOST_1 = new DatapathId(0xa1);
    private static final DatapathId HOST_2 = new DatapathId(0xffff_ffff_ffff_fffeL);
    private static final PortGroup WEB = new PortGroup(new PortGroupName("web"), new VlanMode.Access(new VlanId(100)));
    private static final PortGroup LAB = new PortGroup(new PortGroupName("lab"), new VlanMode.Untagged());
    private static final Bridge BRIDGE = new Bridge(HOST_1, "host 1, Köln", List.of("eth1", "eth0"));

    @TempDir
    protected Path directory;

    /** Opens what the same directory held when it was closed or its process ended. */
    protected abstract TopologyStore open(Path directory) throws Exception;

    @Test
    void isEmptyAtFirst() throws Exception {
        assertThat(reopened()).isEqualTo(Facts.of(Topology.EMPTY));
    }

    @Test
    void keepsEveryFactOverAReopening() throws Exception {
        Topology topology = commit(
                List.of(new PortGroupPut(WEB), new PortGroupPut(LAB)),
                List.of(new BridgePut(BRIDGE), new BridgePut(new Bridge(HOST_2, "", List.of()))),
                List.of(
                        attached("web-1", new Place(HOST_1, new PortRef.ByName("tap0")), WEB, Vnic.Source.REST),
                        attached("web-2", new Place(HOST_1, new PortRef.ByNumber(7)), WEB, Vnic.Source.OVSDB),
                        attached(
                                "lab-1", new Place(HOST_1, new PortRef.ByNumber(PortRef.LOCAL)), LAB, Vnic.Source.FILE),
                        attached("lab-2", new Place(HOST_2, new PortRef.ByName("7")), LAB, Vnic.Source.REST)));

        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void keepsTheSlotsOfUplinksThatWereReplaced() throws Exception {
        Topology topology = commit(
                List.of(new BridgePut(BRIDGE)),
                List.of(new BridgePut(new Bridge(HOST_1, "", List.of("eth2", "eth0")))));

        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void forgetsWhatWasDeleted() throws Exception {
        Topology topology = commit(
                List.of(
                        new PortGroupPut(WEB),
                        new PortGroupPut(LAB),
                        new BridgePut(BRIDGE),
                        new BridgePut(new Bridge(HOST_2, "", List.of("eth0"))),
                        attached("web-1", new Place(HOST_1, new PortRef.ByName("tap0")), WEB, Vnic.Source.REST),
                        attached("web-2", new Place(HOST_1, new PortRef.ByName("tap1")), WEB, Vnic.Source.REST)),
                List.of(
                        new VnicDetached(new VnicId("web-1")),
                        new PortGroupDeleted(LAB.name()),
                        new BridgeDeleted(HOST_2)));

        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void keepsTheLastOfSeveralTransactionsThatTouchTheSameVnic() throws Exception {
        Topology topology = commit(
                List.of(
                        new PortGroupPut(WEB),
                        attached("web-1", new Place(HOST_1, new PortRef.ByName("tap0")), WEB, Vnic.Source.REST)),
                List.of(new VnicDetached(new VnicId("web-1"))),
                List.of(attached("web-1", new Place(HOST_2, new PortRef.ByName("tap3")), WEB, Vnic.Source.REST)));

        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void goesOnFromWhereItWasClosed() throws Exception {
        commit(List.of(new PortGroupPut(WEB)));

        Topology topology = commit(List.of(new PortGroupPut(LAB)));

        assertThat(topology.revision()).isEqualTo(2);
        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void givesWhatItStoredWithoutAReopening() throws Exception {
        try (TopologyStore store = open(directory)) {
            Topology.Applied applied = store.load().apply(List.of(new PortGroupPut(WEB)));
            store.commit(List.of(new TopologyStore.Write(applied.topology(), applied.touched())));

            assertThat(Facts.of(store.load())).isEqualTo(Facts.of(applied.topology()));
        }
    }

    /** Opens the store, commits these transactions together, closes it. */
    @SafeVarargs
    protected final Topology commit(List<TopologyChange>... transactions) throws Exception {
        try (TopologyStore store = open(directory)) {
            Topology topology = store.load();
            List<TopologyStore.Write> writes = new ArrayList<>();
            for (List<TopologyChange> changes : transactions) {
                Topology.Applied applied = apply(topology, changes);
                writes.add(new TopologyStore.Write(applied.topology(), applied.touched()));
                topology = applied.topology();
            }
            store.commit(writes);
            return topology;
        }
    }

    private static Topology.Applied apply(Topology topology, List<TopologyChange> changes) throws ChangeRejected {
        return topology.apply(changes);
    }

    private Facts reopened() throws Exception {
        try (TopologyStore store = open(directory)) {
            return Facts.of(store.load());
        }
    }

    private static TopologyChange attached(String id, Place place, PortGroup portGroup, Vnic.Source source) {
        MacAddress mac = new MacAddress(0x5254_0000_0000L + Integer.toUnsignedLong(id.hashCode()) % 0xff_ffff);
        return new VnicAttached(new Vnic(new VnicId(id), place, mac, portGroup.name(), source));
    }
}

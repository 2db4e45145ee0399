package io.plugboard.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PortGroupDeleted;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.change.TopologyChange.UplinkStateChanged;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicAddress;
import io.plugboard.topology.model.VnicId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises. */
public abstract class TopologyStoreTest {
    private static final DatapathId HOST_1 = new DatapathId(0xa1);
    private static final DatapathId HOST_2 = new DatapathId(0xffff_ffff_ffff_fffeL);
    private static final AnnouncePolicy EVERY_SETTING = new AnnouncePolicy(
            Optional.of(3),
            Optional.of(Duration.ofMillis(10)),
            Optional.of(Duration.ofMillis(20)),
            Optional.of(Duration.ofMillis(300)),
            Optional.of(1),
            Optional.of(Duration.ofMillis(400)),
            Optional.of(2),
            Optional.of(Ipv4Address.parse("192.0.2.9")),
            Optional.of(1),
            Optional.of(Ipv6Address.parse("fe80::1")),
            Optional.of(Duration.ofMillis(500)),
            Optional.of(3),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(false));
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
    void keepsEveryPolicyAndWhatGuestsHaveSet() throws Exception {
        SecurityPolicy security =
                new SecurityPolicy(Optional.of(Setting.REJECT), Optional.empty(), Optional.of(Setting.ACCEPT));
        TeamingPolicy teaming = new TeamingPolicy(
                TeamingPolicy.Selection.EXPLICIT_FAILOVER,
                List.of("eth0", "a\"b,c"),
                List.of("eth1"),
                false,
                Duration.ofMillis(1));
        PortGroup trunk = new PortGroup(
                new PortGroupName("trunk"),
                new VlanMode.Trunk(VlanSet.parse(List.of("0", "100-199"))),
                security,
                Optional.of(teaming),
                Optional.of(false),
                EVERY_SETTING,
                true);
        Bridge bridge =
                new Bridge(HOST_1, "", List.of("eth1", "eth0"), security, Optional.of(teaming), Optional.of(true));
        SortedSet<MacAddress> groups = new TreeSet<>(Set.of(MacAddress.parse("01:00:5e:00:00:fb")));
        SortedSet<MacAddress> shared = new TreeSet<>(Set.of(MacAddress.parse("00:00:5e:00:01:01")));
        Vnic vnic = new Vnic(
                new VnicId("t"),
                new Place(HOST_1, new PortRef.ByName("tap0")),
                MacAddress.parse("52:54:00:00:00:01"),
                trunk.name(),
                Vnic.Source.REST,
                security,
                shared,
                new TreeSet<>(Set.of(
                        new VnicAddress(IpAddress.parse("192.0.2.1"), Optional.empty()),
                        new VnicAddress(IpAddress.parse("2001:db8::1"), Optional.of(new VlanId(100))))),
                true);
        RxFilter filter =
                new RxFilter(vnic.mac(), true, false, groups, shared, Optional.of(VlanSet.of(new VlanId(100))));
        Topology topology = commit(
                List.of(new PortGroupPut(trunk), new BridgePut(bridge), new VnicAttached(vnic)),
                List.of(new RxFilterReported(vnic.id(), Optional.of(filter))),
                List.of(new UplinkStateChanged(HOST_1, "eth0", false)));

        assertThat(topology.switchboard(HOST_1).addresses()).isNotEmpty();
        assertThat(reopened()).isEqualTo(Facts.of(topology));

        Topology later = commit(List.of(new RxFilterReported(vnic.id(), Optional.empty())));

        assertThat(reopened()).isEqualTo(Facts.of(later));
    }

    @Test
    void keepsBothPlacesOfAVnicThatMigrates() throws Exception {
        VnicId web = new VnicId("web-1");
        Topology prepared = commit(
                List.of(
                        new PortGroupPut(WEB),
                        new BridgePut(BRIDGE),
                        attached("web-1", new Place(HOST_1, new PortRef.ByName("tap0")), WEB, Vnic.Source.REST)),
                List.of(new MigrationPrepared(
                        web, new Place(HOST_2, new PortRef.ByNumber(7)), ActivateOn.FIRST_FRAME)));
        assertThat(prepared.attachments().get(web).prepared()).isPresent();
        assertThat(reopened()).isEqualTo(Facts.of(prepared));

        Topology moved = commit(List.of(new MigrationActivated(web)));
        assertThat(moved.attachments().get(web).departing()).isPresent();
        assertThat(reopened()).isEqualTo(Facts.of(moved));
    }

    @Test
    void keepsTheFormerUplinkOfAVnicThatWasMovedOnPurpose() throws Exception {
        Topology topology = commit(
                List.of(
                        new PortGroupPut(WEB),
                        new BridgePut(BRIDGE),
                        attached("web-1", new Place(HOST_1, new PortRef.ByName("tap0")), WEB, Vnic.Source.REST)),
                List.of(new PortGroupPut(WEB.withTeaming(new TeamingPolicy(
                        TeamingPolicy.Selection.EXPLICIT_FAILOVER,
                        List.of("eth0"),
                        List.of(),
                        false,
                        Duration.ZERO)))));

        assertThat(topology.attachments().get(new VnicId("web-1")).former()).isPresent();
        assertThat(reopened()).isEqualTo(Facts.of(topology));
    }

    @Test
    void remembersUpToWhereEachBridgeHasBeenAnnounced() throws Exception {
        try (TopologyStore store = open(directory)) {
            store.announced(Map.of(HOST_1, 4L, HOST_2, 7L));
            store.announced(Map.of(HOST_1, 5L));
        }

        try (TopologyStore store = open(directory)) {
            assertThat(store.announced()).isEqualTo(Map.of(HOST_1, 5L, HOST_2, 7L));
        }
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

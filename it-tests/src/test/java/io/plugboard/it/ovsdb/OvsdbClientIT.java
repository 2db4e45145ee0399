package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbClient;
import io.plugboard.ovsdb.OvsdbLimits;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OvsdbClientIT {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private final Told told = new Told();

    @BeforeEach
    void addBridge() {
        ovs.addBridge("br0", DPID);
    }

    @AfterEach
    void end() {
        ovs.close();
    }

    private OvsdbClient start(SocketAddress remote, OvsdbLimits limits) {
        OvsdbClient client = new OvsdbClient(remote, limits, told);
        client.start();
        return client;
    }

    private OvsdbClient start() {
        return start(UnixDomainSocketAddress.of(ovs.databaseSocket()), OvsdbLimits.defaults());
    }

    private static List<OperationResult> transact(OvsdbSession session, Operation... operations) {
        return session.transact(List.of(operations)).toCompletableFuture().join();
    }

    @Test
    void tellsTheWholeDatabaseOnConnectingByUnixSocket() {
        ovs.addDummyPorts("br0", 1);
        ovs.vsctl("set", "Port", "br0-1", "tag=42", "trunks=7,8", "vlan_mode=native-tagged");
        ovs.vsctl("set", "Interface", "br0-1", "external-ids:iface-id=web", "external-ids:vm-id=one");

        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            Snapshot snapshot = connected.snapshot();

            assertThat(connected.session().remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(ovs.databaseSocket()));
            assertThat(connected.session().localAddress()).isNotNull();
            assertThat(snapshot.root().uuid())
                    .hasToString(ovs.vsctl("get", "Open_vSwitch", ".", "_uuid").strip());
            BridgeRow bridge = Names.bridge(snapshot, "br0");
            assertThat(bridge.datapathId()).contains("00000000000000a1");
            assertThat(bridge.failMode()).contains("secure");
            assertThat(bridge.protocols()).containsExactly("OpenFlow13");
            assertThat(bridge.otherConfig())
                    .containsEntry("disable-in-band", "true")
                    .containsEntry("datapath-id", "00000000000000a1");
            assertThat(bridge.ports()).hasSize(2).isSorted().allMatch(snapshot.ports()::containsKey);
            InterfaceRow row = Names.interfaceRow(snapshot, "br0-1");
            assertThat(row.type()).isEqualTo("dummy");
            assertThat(row.ofport()).contains(1);
            assertThat(row.macInUse()).isPresent();
            assertThat(row.externalIds()).isEqualTo(Map.of("iface-id", "web", "vm-id", "one"));
            assertThat(snapshot.ports().values())
                    .filteredOn(port -> port.interfaces().equals(List.of(row.uuid())))
                    .singleElement()
                    .satisfies(port -> {
                        assertThat(port.name()).isEqualTo("br0-1");
                        assertThat(port.tag()).contains(42);
                        assertThat(port.trunks()).containsExactlyInAnyOrder(7, 8);
                        assertThat(port.vlanMode()).contains("native-tagged");
                    });
        }
        assertThat(told.disconnected().reason()).isEqualTo("the client has been closed");
    }

    @Test
    void connectsByTcpAsSoonAsItCan() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);

        try (OvsdbClient client = start(remote, OvsdbLimits.defaults())) {
            ovs.vsctl("set-manager", "ptcp:" + port + ":127.0.0.1");

            Told.Event.Connected connected = told.connected();
            assertThat(connected.session().remoteAddress()).isEqualTo(remote);
            assertThat(Names.bridge(connected.snapshot(), "br0").failMode()).contains("secure");
        }
    }

    @Test
    void tellsOfThousandInterfacesOfOneTransactionAtOnce() {
        try (OvsdbClient client = start()) {
            int before = told.connected().snapshot().interfaces().size();

            ovs.addDummyPorts("br0", 1_000);

            Snapshot first = told.changed(snapshot -> snapshot.interfaces().size() > before);
            assertThat(first.interfaces()).hasSize(before + 1_000);
            assertThat(first.ports()).hasSize(before + 1_000);
            assertThat(Names.bridge(first, "br0").ports()).hasSize(before + 1_000);
            told.changed(snapshot -> snapshot.interfaces().values().stream()
                    .allMatch(row -> row.ofport().isPresent()));
        }
    }

    @Test
    void followsSetsAndMapsThatChangeBitByBit() {
        ovs.addDummyPorts("br0", 2);
        try (OvsdbClient client = start()) {
            told.connected();

            ovs.vsctl("set", "Interface", "br0-1", "external-ids:a=1", "external-ids:b=2");
            ovs.vsctl("set", "Interface", "br0-1", "external-ids:a=3");
            ovs.vsctl("remove", "Interface", "br0-1", "external-ids", "b");
            ovs.vsctl("set", "Port", "br0-1", "tag=5", "trunks=1,2,3");
            ovs.vsctl("remove", "Port", "br0-1", "trunks", "2");
            ovs.vsctl("clear", "Port", "br0-1", "tag");
            ovs.vsctl("del-port", "br0", "br0-2");

            Snapshot last = told.changed(snapshot -> !Names.hasInterface(snapshot, "br0-2"));
            assertThat(Names.interfaceRow(last, "br0-1").externalIds()).isEqualTo(Map.of("a", "3"));
            assertThat(last.ports().values())
                    .filteredOn(port -> port.name().equals("br0-1"))
                    .singleElement()
                    .satisfies(port -> {
                        assertThat(port.tag()).isEmpty();
                        assertThat(port.trunks()).containsExactlyInAnyOrder(1, 3);
                    });
            assertThat(last.ports().values()).noneMatch(port -> port.name().equals("br0-2"));
        }
    }

    @Test
    void tellsTheWholeDatabaseAgainAfterRestartOfItsServer() {
        ovs.addDummyPorts("br0", 3);
        try (OvsdbClient client = start()) {
            Told.Event.Connected before = told.connected();

            ovs.killDatabase();
            Told.Event.Disconnected end = told.disconnected();
            assertThat(end.session()).isSameAs(before.session());
            assertThat(before.session().transact(List.of(new Operation.Comment("late"))))
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
            ovs.restartDatabase();

            Told.Event.Connected after = told.connected();
            assertThat(after.session()).isNotSameAs(before.session());
            assertThat(after.snapshot().root().uuid())
                    .isEqualTo(before.snapshot().root().uuid());
            assertThat(after.snapshot().interfaces().keySet())
                    .isEqualTo(before.snapshot().interfaces().keySet());
            assertThat(Names.bridge(after.snapshot(), "br0").ports())
                    .isEqualTo(Names.bridge(before.snapshot(), "br0").ports());
        }
    }

    @Test
    void waitsForTheRootOfAnEmptyDatabase() {
        String root = ovs.vsctl("get", "Open_vSwitch", ".", "_uuid").strip();
        ovs.killVswitchd();
        ovs.vsctl("--no-wait", "emer-reset", "--", "destroy", "Open_vSwitch", root);
        try (OvsdbClient client = start()) {
            ovs.vsctl("--no-wait", "init");

            assertThat(told.connected().snapshot().root().uuid())
                    .hasToString(ovs.vsctl("get", "Open_vSwitch", ".", "_uuid").strip());
        }
    }

    @Test
    void leavesServerThatAnswersNothingAndComesBack() {
        OvsdbLimits impatient = OvsdbLimits.defaults().withIdle(Duration.ofMillis(200));
        try (OvsdbClient client = start(UnixDomainSocketAddress.of(ovs.databaseSocket()), impatient)) {
            told.connected();

            ovs.pauseDatabase();
            assertThat(told.disconnected().reason()).isEqualTo("it has said nothing for 400 ms");
            ovs.resumeDatabase();

            told.connected();
        }
    }

    @Test
    void putsAndRemovesKeysAndLeavesTheOthers() {
        ovs.vsctl("set", "Bridge", "br0", "external-ids:mine=old", "external-ids:theirs=1", "external-ids:gone=1");
        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            BridgeRow bridge = Names.bridge(connected.snapshot(), "br0");

            List<OperationResult> results = transact(
                    connected.session(),
                    new Operation.PutKeys(
                            "Bridge",
                            bridge.uuid(),
                            "external_ids",
                            Map.of("mine", "new \"quoted\" ü", "more", "2"),
                            Set.of("gone", "never-there")));

            assertThat(results).containsExactly(new OperationResult.Done(1, Optional.empty()));
            assertThat(Names.bridge(
                                    told.changed(snapshot -> !Names.bridge(snapshot, "br0")
                                            .externalIds()
                                            .equals(bridge.externalIds())),
                                    "br0")
                            .externalIds())
                    .isEqualTo(Map.of("mine", "new \"quoted\" ü", "more", "2", "theirs", "1"));
        }
    }

    @Test
    void insertsRowThatAnotherRefersTo() {
        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            BridgeRow bridge = Names.bridge(connected.snapshot(), "br0");

            List<OperationResult> results = transact(
                    connected.session(),
                    new Operation.Insert(
                            "Controller",
                            "ours",
                            Map.of("target", JsonNodeFactory.instance.textNode("tcp:127.0.0.1:1"))),
                    new Operation.AddReference("Bridge", bridge.uuid(), "controller", "ours"),
                    new Operation.Update(
                            "Bridge",
                            bridge.uuid(),
                            Map.of("fail_mode", JsonNodeFactory.instance.textNode("standalone"))),
                    new Operation.Comment("a controller"));

            assertThat(results).hasSize(4).allMatch(OperationResult.Done.class::isInstance);
            OperationResult.Done inserted = (OperationResult.Done) results.get(0);
            // ovs-vswitchd may say something of its own first.
            BridgeRow changed = Names.bridge(
                    told.changed(snapshot ->
                            !Names.bridge(snapshot, "br0").controllers().isEmpty()),
                    "br0");
            assertThat(changed.controllers())
                    .containsExactly(inserted.inserted().orElseThrow());
            assertThat(changed.failMode()).contains("standalone");
            assertThat(ovs.vsctl("get-controller", "br0")).isEqualTo("tcp:127.0.0.1:1\n");
        }
    }

    @Test
    void saysWhichOperationHasFailedAndChangesNothing() {
        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            BridgeRow bridge = Names.bridge(connected.snapshot(), "br0");
            var put = new Operation.PutKeys("Bridge", bridge.uuid(), "external_ids", Map.of("a", "b"), Set.of());
            var wrong = new Operation.Update(
                    "Bridge", bridge.uuid(), Map.of("fail_mode", JsonNodeFactory.instance.textNode("lenient")));

            List<OperationResult> results = transact(connected.session(), put, wrong, put);

            assertThat(results.get(0)).isEqualTo(new OperationResult.Done(1, Optional.empty()));
            assertThat(results.get(1)).isInstanceOfSatisfying(OperationResult.Failed.class, failed -> {
                assertThat(failed.error()).isEqualTo("constraint violation");
                assertThat(failed.details()).contains("lenient");
            });
            assertThat(results.get(2)).isEqualTo(new OperationResult.NotTried());
            assertThat(ovs.vsctl("get", "Bridge", "br0", "external_ids")).isEqualTo("{}\n");
        }
    }

    @Test
    void saysWhatIsWrongWithTheWholeOfTransaction() {
        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            var duplicate =
                    new Operation.Insert("Bridge", "again", Map.of("name", JsonNodeFactory.instance.textNode("br0")));
            var reference = new Operation.AddReference(
                    "Open_vSwitch", connected.snapshot().root().uuid(), "bridges", "again");

            List<OperationResult> results = transact(connected.session(), duplicate, reference);

            assertThat(results).hasSize(3);
            assertThat(results.get(2))
                    .isInstanceOfSatisfying(
                            OperationResult.Failed.class,
                            failed -> assertThat(failed.error()).isEqualTo("constraint violation"));
        }
    }

    @Test
    void tellsThatRowWasGoneBeforeItCouldBeChanged() {
        ovs.addDummyPorts("br0", 1);
        try (OvsdbClient client = start()) {
            Told.Event.Connected connected = told.connected();
            InterfaceRow row = Names.interfaceRow(connected.snapshot(), "br0-1");
            ovs.vsctl("del-port", "br0", "br0-1");

            List<OperationResult> results = transact(
                    connected.session(),
                    new Operation.PutKeys("Interface", row.uuid(), "external_ids", Map.of("a", "b"), Set.of()));

            assertThat(results).containsExactly(new OperationResult.Done(0, Optional.empty()));
        }
    }
}

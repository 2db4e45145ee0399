package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbLimits;
import io.plugboard.ovsdb.OvsdbServer;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OvsdbServerIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private final Told told = new Told();

    @AfterEach
    void end() {
        ovs.close();
    }

    private OvsdbServer start(Optional<SslContext> tls) throws IOException {
        OvsdbServer server = new OvsdbServer(ANY_PORT, tls, OvsdbLimits.defaults(), told);
        server.start();
        return server;
    }

    private static String target(String protocol, OvsdbServer server) {
        return protocol + ":127.0.0.1:" + server.localAddress().getPort();
    }

    @Test
    void isFoundByItsManagers() throws IOException {
        try (OvsdbServer server = start(Optional.empty());
                OpenVSwitch other = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            ovs.vsctl("set-manager", target("tcp", server));
            Told.Event.Connected one = told.connected();
            other.vsctl("set-manager", target("tcp", server));
            Told.Event.Connected two = told.connected();

            assertThat(one.session().localAddress()).isEqualTo(server.localAddress());
            assertThat(one.snapshot().root().uuid())
                    .hasToString(ovs.vsctl("get", "Open_vSwitch", ".", "_uuid").strip());
            assertThat(two.snapshot().root().uuid())
                    .hasToString(
                            other.vsctl("get", "Open_vSwitch", ".", "_uuid").strip());
        }
        assertThat(told.disconnected().reason()).isEqualTo("the other side has closed the connection");
        assertThat(told.disconnected().reason()).isEqualTo("the server has been closed");
    }

    @Test
    void changesDatabaseThatHasConnected() throws IOException {
        ovs.addBridge("br0", DatapathId.parse("00000000000000a1"));
        try (OvsdbServer server = start(Optional.empty())) {
            ovs.vsctl("set-manager", target("tcp", server));
            Told.Event.Connected connected = told.connected();
            var uuid = Names.bridge(connected.snapshot(), "br0").uuid();

            List<OperationResult> results = connected
                    .session()
                    .transact(List.of(new Operation.PutKeys(
                            "Bridge", uuid, "external_ids", Map.of("plugboard-state", "active"), Set.of())))
                    .toCompletableFuture()
                    .join();

            assertThat(results).containsExactly(new OperationResult.Done(1, Optional.empty()));
            assertThat(ovs.vsctl("get", "Bridge", "br0", "external_ids:plugboard-state"))
                    .isEqualTo("active\n");
        }
    }

    @Test
    void isFoundAgainAfterRestartOfTheDatabase() throws IOException {
        try (OvsdbServer server = start(Optional.empty())) {
            ovs.vsctl("set-manager", target("tcp", server));
            Told.Event.Connected before = told.connected();

            ovs.killDatabase();
            assertThat(told.disconnected().session()).isSameAs(before.session());
            ovs.restartDatabase();

            assertThat(told.connected().snapshot().root().uuid())
                    .isEqualTo(before.snapshot().root().uuid());
        }
    }

    private static SslContext tls(Certificate ours, Certificate trusted) throws IOException {
        return SslContextBuilder.forServer(
                        ours.certificate().toFile(), ours.key().toFile())
                .trustManager(trusted.certificate().toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    @Test
    void speaksTlsWithSwitchWhoseCertificateItTrusts(@TempDir Path directory) throws IOException, InterruptedException {
        Certificate ours = Certificate.make(directory, "controller");
        Certificate theirs = Certificate.make(directory, "switch");
        try (OvsdbServer server = start(Optional.of(tls(ours, theirs)))) {
            theirs.callsBy(ovs, ours, target("ssl", server));

            assertThat(told.connected().snapshot().root().uuid())
                    .hasToString(ovs.vsctl("get", "Open_vSwitch", ".", "_uuid").strip());
        }
    }

    @Test
    void staysAwayFromSwitchWhoseCertificateItDoesNotTrust(@TempDir Path directory)
            throws IOException, InterruptedException {
        Certificate ours = Certificate.make(directory, "controller");
        Certificate theirs = Certificate.make(directory, "switch");
        try (OvsdbServer server = start(Optional.of(tls(ours, ours)))) {
            theirs.callsBy(ovs, ours, target("ssl", server));

            Eventually.get(ovs::databaseLog, log -> log.contains("alert"));
            assertThat(told.isEmpty()).isTrue();
        }
    }
}

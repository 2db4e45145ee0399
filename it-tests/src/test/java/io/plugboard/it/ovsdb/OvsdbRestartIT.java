package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.it.Eventually;
import io.plugboard.it.PlugboardProcess;
import io.plugboard.it.RestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed, and comes again: what was plugged in stays plugged in, and nothing of it was taken away in between. */
@Timeout(180)
class OvsdbRestartIT {
    private static final int VNICS = 5;

    @TempDir
    Path data;

    private PlugboardProcess plugboard;
    private Hypervisor host;
    private List<String> flows;
    private long revision;

    @BeforeEach
    void plugIn() {
        plugboard = new PlugboardProcess(data);
        host = Hypervisor.start(0xa1).joins(plugboard.ovsdb()).impatient();
        IntStream.rangeClosed(1, VNICS).forEach(host::plug);
        IntStream.rangeClosed(1, VNICS).forEach(number -> host.awaitState(number, "active"));
        flows = host.flows("br0");
        revision = revision(plugboard.rest());
    }

    @AfterEach
    void stop() {
        plugboard.close();
        host.close();
    }

    /** Any change of the topology has another one. */
    private static long revision(RestClient rest) {
        return rest.get("/vnics").ok().path("revision").asLong();
    }

    /** All of the way, from the host's database and back, is there again: what somebody wrote over is written anew. */
    private void worksAgain() {
        host.set(1, "plugboard-state", "overwritten");
        IntStream.rangeClosed(1, VNICS).forEach(number -> host.awaitState(number, "active"));
        Eventually.get(() -> host.flows("br0"), flows::equals);
        Eventually.get(
                () -> plugboard
                        .rest()
                        .get("/bridges/" + host.dpid())
                        .ok()
                        .at("/status/state")
                        .asText(),
                "active"::equals);
    }

    private void nothingWasTakenAway() {
        assertThat(revision(plugboard.rest())).isEqualTo(revision);
        assertThat(host.flows("br0")).isEqualTo(flows);
    }

    @Test
    void killedControllerFindsEverythingInPlace() {
        plugboard.kill();
        plugboard.startAgain();

        worksAgain();
        nothingWasTakenAway();
        assertThat(plugboard
                        .rest()
                        .get("/bridges/" + host.dpid())
                        .ok()
                        .at("/status/lastSync/flowsDeleted")
                        .asInt())
                .isZero();
        assertThat(plugboard
                        .rest()
                        .get("/bridges/" + host.dpid())
                        .ok()
                        .at("/status/lastSync/flowsAdded")
                        .asInt())
                .isZero();
    }

    @Test
    void killedDatabaseChangesNothing() {
        String database = host.column("Open_vSwitch", ".", "_uuid");
        try (var events = plugboard.rest().events()) {
            host.ovs().killDatabase();
            events.await("ovsdbDisconnected", "/ovsdb/" + database);
            // Without its database ovs-vswitchd forwards, and answers nobody.
            assertThat(revision(plugboard.rest())).isEqualTo(revision);

            host.ovs().restartDatabase();
            worksAgain();

            nothingWasTakenAway();
            assertThat(events.soFar())
                    .noneMatch(event -> event.path("kind").asText().equals("deleted"));
        }
    }

    @Test
    void killedSwitchGetsItsFlowsAgain() {
        host.ovs().killVswitchd();
        host.ovs().restartVswitchd();

        worksAgain();
        nothingWasTakenAway();
    }

    @Test
    void allOfThemAtOnceComeToTheSame() {
        plugboard.kill();
        host.ovs().killVswitchd();
        host.ovs().killDatabase();

        host.ovs().restartDatabase();
        plugboard.startAgain();
        host.ovs().restartVswitchd();

        worksAgain();
        nothingWasTakenAway();
    }

    @Test
    void whatWasUnpluggedWhileTheControllerWasAwayIsTakenAway() {
        plugboard.kill();
        host.unplug(2);
        host.plug(VNICS + 1);
        plugboard.startAgain();

        host.awaitState(VNICS + 1, "active");

        assertThat(plugboard.rest().get("/vnics/" + Hypervisor.vnic(2)).status())
                .isEqualTo(404);
        assertThat(plugboard
                        .rest()
                        .get("/vnics/" + Hypervisor.vnic(3))
                        .ok()
                        .at("/status/state")
                        .asText())
                .isEqualTo("active");
    }
}

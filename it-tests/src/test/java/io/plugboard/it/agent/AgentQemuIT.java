package io.plugboard.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.agent.Agent;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgentQemuIT {
    private static final String MAC = "52:54:00:00:a9:01";
    private static final String TAP = "pbagent0";
    private static final String[] CARD = PausedQemu.tap(TAP, "net0", MAC);

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path monitors;

    @BeforeEach
    void addBridge() throws IOException {
        ovs.addBridge("br0", DatapathId.parse("00000000000000a1"));
        monitors = Files.createDirectory(directory.resolve("qmp"));
    }

    @AfterEach
    void end() {
        ovs.close();
    }

    private Agent start() throws IOException {
        return Agent.start(new Agent.Settings(
                UnixDomainSocketAddress.of(ovs.databaseSocket()),
                Map.of(),
                List.of(monitors),
                Optional.empty(),
                List.of()));
    }

    private PausedQemu boot(String... cards) {
        return PausedQemu.start(directory, monitors.resolve("web-1.sock"), cards);
    }

    /** As whoever plugs a guest in does it. */
    private void plug(String name, String... externalIds) {
        ovs.vsctl("add-port", "br0", name, "--", "set", "Interface", name, "type=dummy");
        for (String pair : externalIds) {
            ovs.vsctl("set", "Interface", name, "external_ids:" + pair);
        }
    }

    private void awaitRunning(String name, boolean running) {
        ovs.vsctl("wait-until", "Interface", name, "external_ids:plugboard-running=" + running);
    }

    private String externalIds(String name) {
        return ovs.vsctl("get", "Interface", name, "external_ids").strip();
    }

    @Test
    void writesWhetherTheGuestRunsAndTakesBackFilterThatItsCardNoLongerHas() throws IOException {
        plug(TAP, "iface-id=web-1", "plugboard-rx-filter=old");
        try (Agent agent = start();
                PausedQemu qemu = boot(CARD)) {
            awaitRunning(TAP, false);
            assertThat(externalIds(TAP)).isEqualTo("{iface-id=web-1, plugboard-running=\"false\"}");
            qemu.execute("cont");
            awaitRunning(TAP, true);
            qemu.execute("stop");
            awaitRunning(TAP, false);
        }
    }

    @Test
    void findsTheInterfaceByTheConfiguredAddressWhereQemuKnowsNoTap() throws IOException {
        plug("vnet7", "attached-mac=\"" + MAC + "\"");
        plug("vnet8", "attached-mac=\"52:54:00:00:a9:02\"");
        try (PausedQemu qemu = boot(PausedQemu.nameless("net0", MAC));
                Agent agent = start()) {
            awaitRunning("vnet7", false);
            assertThat(externalIds("vnet8")).doesNotContain("plugboard");
        }
    }

    @Test
    void writesIntoInterfaceThatComesLaterAndThatIsMadeAnew() throws IOException {
        try (PausedQemu qemu = boot(CARD);
                Agent agent = start()) {
            plug(TAP);
            awaitRunning(TAP, false);
            ovs.vsctl("del-port", TAP, "--", "add-port", "br0", TAP, "--", "set", "Interface", TAP, "type=dummy");
            awaitRunning(TAP, false);
        }
    }

    @Test
    void saysOfKilledQemuThatItsGuestNoLongerRunsAndFollowsTheNextOne() throws IOException {
        plug(TAP);
        try (Agent agent = start()) {
            try (PausedQemu qemu = boot(CARD)) {
                qemu.execute("cont");
                awaitRunning(TAP, true);
            }
            awaitRunning(TAP, false);
            try (PausedQemu next = boot(CARD)) {
                next.execute("cont");
                awaitRunning(TAP, true);
            }
        }
    }

    @Test
    void saysSoOfQemuThatHasEndedByItself() throws IOException {
        plug(TAP);
        try (Agent agent = start();
                PausedQemu qemu = boot(CARD)) {
            qemu.execute("cont");
            awaitRunning(TAP, true);
            qemu.execute("quit");
            awaitRunning(TAP, false);
        }
    }

    @Test
    void leavesWhatItHasWrittenWhenItEnds() throws IOException {
        plug(TAP);
        try (PausedQemu qemu = boot(CARD)) {
            try (Agent agent = start()) {
                qemu.execute("cont");
                awaitRunning(TAP, true);
            }
            assertThat(externalIds(TAP)).isEqualTo("{plugboard-running=\"true\"}");
            qemu.execute("stop");
            try (Agent next = start()) {
                awaitRunning(TAP, false);
            }
        }
    }

    @Test
    void writesWhatHasChangedWhileTheDatabaseWasAway() throws IOException {
        plug(TAP);
        try (PausedQemu qemu = boot(CARD);
                Agent agent = start()) {
            awaitRunning(TAP, false);
            ovs.killDatabase();
            qemu.execute("cont");
            ovs.restartDatabase();
            awaitRunning(TAP, true);
        }
    }

    @Test
    void isNotHeldUpByTwentyMonitorsThatNeverAnswer() throws IOException {
        plug(TAP);
        try (Agent agent = start();
                SilentMonitors silent = SilentMonitors.in(monitors, 20)) {
            silent.awaitClients();
            try (PausedQemu qemu = boot(CARD)) {
                awaitRunning(TAP, false);
                qemu.execute("cont");
                awaitRunning(TAP, true);
            }
        }
    }

    @Test
    void saysWhetherTheGuestRunsOfCardsThatAreNotAskedForTheirFilter() throws IOException {
        plug(TAP, "plugboard-rx-filter=old");
        try (Agent agent = start();
                PausedQemu qemu = boot(
                        "-netdev",
                        "tap,id=h,ifname=" + TAP + ",script=no,downscript=no",
                        "-device",
                        "e1000,netdev=h,mac=" + MAC)) {
            awaitRunning(TAP, false);
            assertThat(Eventually.get(() -> externalIds(TAP), ids -> !ids.contains("rx-filter")))
                    .isEqualTo("{plugboard-running=\"false\"}");
        }
    }
}

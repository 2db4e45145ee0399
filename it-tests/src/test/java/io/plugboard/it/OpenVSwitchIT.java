package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.DatapathId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class OpenVSwitchIT {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");

    @ParameterizedTest
    @EnumSource
    void runsBesideOthersOfTheSameKind(OpenVSwitch.Datapath datapath) {
        String bridge = "pb" + ProcessHandle.current().pid();
        try (OpenVSwitch ovs = OpenVSwitch.start(datapath);
                OpenVSwitch other = OpenVSwitch.start(datapath)) {
            ovs.addBridge(bridge, DPID);

            assertThat(ovs.ofctl("show", bridge)).contains("dpid:" + DPID);
            assertThat(other.vsctl("list-br")).isEmpty();
        }
    }

    @Test
    void numbersDummyPortsFromOne() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            ovs.addBridge("br0", DPID);
            ovs.addDummyPorts("br0", 3);

            assertThat(ovs.ofctl("dump-ports-desc", "br0")).contains("1(br0-1)", "2(br0-2)", "3(br0-3)");
        }
    }

    @Test
    void losesItsFlowsButNotItsBridgesWhenKilled() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            ovs.addBridge("br0", DPID);
            ovs.ofctl("add-flow", "br0", "cookie=0x77,actions=drop");

            ovs.killVswitchd();
            ovs.restartVswitchd();

            assertThat(ovs.vsctl("list-br")).isEqualTo("br0\n");
            assertThat(ovs.ofctl("dump-flows", "br0")).doesNotContain("0x77");
        }
    }

    @Test
    void leavesNothingBehindWhenItsJvmIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Started.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path directory = Path.of(jvm.inputReader().readLine());
        List<ProcessHandle> daemons = new ArrayList<>();
        for (String daemon : List.of("ovsdb-server", "ovs-vswitchd")) {
            long pid = Long.parseLong(
                    Files.readString(directory.resolve(daemon + ".pid")).strip());
            daemons.add(ProcessHandle.of(pid).orElseThrow());
        }

        jvm.toHandle().destroyForcibly();

        for (ProcessHandle daemon : daemons) {
            daemon.onExit().get();
        }
        Eventually.get(() -> Files.exists(directory), exists -> !exists);
    }

    /** Starts an Open vSwitch, prints its directory, and waits to be killed. */
    static final class Started {
        public static void main(String[] arguments) throws Exception {
            OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
            System.out.println(ovs.databaseSocket().getParent());
            Thread.currentThread().join();
        }
    }
}

package io.plugboard.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.agent.Agent;
import io.plugboard.agent.netns.NamespaceRef;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.RxFilter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Needs root. */
@Timeout(120)
class AgentNamespaceIT {
    private static final String NAMESPACE = "pbagent-ns";
    private static final String OUTSIDE = "pbagent-out";
    private static final String INSIDE = "pbagent-in";
    private static final String MAC = "52:54:00:00:a9:11";

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV);

    @BeforeEach
    void plug() {
        ovs.addBridge("br-pbagent", DatapathId.parse("00000000000000a1"));
        addNamespace();
        ovs.vsctl("add-port", "br-pbagent", OUTSIDE);
    }

    @AfterEach
    void end() {
        try {
            // Or its device would stay.
            ovs.vsctl("del-br", "br-pbagent");
        } finally {
            ovs.close();
            Shell.run("ip", "netns", "delete", NAMESPACE);
            // The kernel may be about to delete it, with the other end.
            Shell.run(
                    "sh",
                    "-c",
                    "while ip link show $0 2>/dev/null; do ip link delete $0 2>/dev/null; done; true",
                    OUTSIDE);
        }
    }

    private static void addNamespace() {
        Shell.run("ip", "netns", "add", NAMESPACE);
        addPair();
    }

    private static void addPair() {
        Shell.run("ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", INSIDE, "netns", NAMESPACE);
        Shell.run("ip", "link", "set", OUTSIDE, "up");
        inside("ip", "link", "set", INSIDE, "address", MAC, "up");
    }

    private static String inside(String... command) {
        String[] all = new String[command.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", NAMESPACE}, 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        return Shell.run(all);
    }

    private Agent start(NamespaceRef namespace) throws IOException {
        return Agent.start(new Agent.Settings(
                UnixDomainSocketAddress.of(ovs.databaseSocket()),
                Map.of(),
                List.of(),
                Optional.empty(),
                List.of(namespace)));
    }

    private Agent start() throws IOException {
        return start(NamespaceRef.named(NAMESPACE));
    }

    private String await(Predicate<String> isRight) {
        return Eventually.get(
                () -> ovs.vsctl("get", "Interface", OUTSIDE, "external_ids").replace("\\", ""), isRight);
    }

    private String await(String part) {
        return await(ids -> ids.contains(part));
    }

    @Test
    void turnsPortPromiscuousForAsLongAsTcpdumpRuns() throws Exception {
        try (Agent agent = start()) {
            assertThat(await("\"promiscuous\":false"))
                    .contains("\"mac\":\"" + MAC + "\"", "\"allMulticast\":false")
                    .doesNotContain("plugboard-running");
            Process tcpdump = Shell.start("ip", "netns", "exec", NAMESPACE, "tcpdump", "-n", "-i", INSIDE);
            await("\"promiscuous\":true");
            tcpdump.destroy();
            tcpdump.waitFor();
            await("\"promiscuous\":false");
        }
    }

    @Test
    void followsGroupsAllMulticastAndTheAddress() throws IOException {
        try (Agent agent = start()) {
            await("\"mac\":\"" + MAC + "\"");
            inside("ip", "maddress", "add", "01:00:5e:01:02:03", "dev", INSIDE);
            await("01:00:5e:01:02:03");
            inside("ip", "maddress", "delete", "01:00:5e:01:02:03", "dev", INSIDE);
            await(ids -> !ids.contains("01:00:5e:01:02:03"));
            inside("ip", "link", "set", INSIDE, "allmulticast", "on");
            await("\"allMulticast\":true");
            inside("ip", "link", "set", INSIDE, "address", "52:54:00:00:a9:99");
            await("\"mac\":\"52:54:00:00:a9:99\"");
        }
    }

    @Test
    void takesMoreGroupsThanFilterListsForAllOfThem() throws IOException {
        try (Agent agent = start()) {
            await("\"mac\":\"" + MAC + "\"");
            inside(
                    "sh",
                    "-ec",
                    "i=0; while [ $i -lt %d ]; do ip maddress add 01:00:5e:70:$(printf %%02x:%%02x $((i / 256)) $((i %% 256))) dev %s; i=$((i + 1)); done"
                            .formatted(RxFilter.MAX_MULTICAST, INSIDE));
            await("\"allMulticast\":true,\"multicast\":[],");
        }
    }

    @Test
    void findsNamespaceAgainThatWasDeletedAndMadeAnew() throws IOException {
        try (Agent agent = start()) {
            await("\"mac\":\"" + MAC + "\"");
            ovs.vsctl("del-port", OUTSIDE);
            Shell.run("ip", "netns", "delete", NAMESPACE);
            // The kernel takes the pair away with the namespace, which the agent must have left for that.
            Eventually.get(() -> Shell.run("ip", "-o", "link"), links -> !links.contains(OUTSIDE));
            addNamespace();
            ovs.vsctl("add-port", "br-pbagent", OUTSIDE);
            await("\"mac\":\"" + MAC + "\"");
        }
    }

    @Test
    void followsTheNamespaceOfProcessWhichHasNoName() throws Exception {
        Process host = Shell.start("unshare", "--net", "sh", "-c", "echo there; exec sleep 1000");
        try (BufferedReader printed = host.inputReader()) {
            printed.readLine();
            Shell.run("ip", "netns", "exec", NAMESPACE, "ip", "link", "delete", INSIDE);
            Shell.run("ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", INSIDE, "netns", "" + host.pid());
            Shell.run("nsenter", "--net=/proc/" + host.pid() + "/ns/net", "ip", "link", "set", INSIDE, "promisc", "on");
            try (Agent agent = start(NamespaceRef.of(host.toHandle()))) {
                await("\"promiscuous\":true");
            }
        } finally {
            host.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesNoProcessBehindInNamespace() throws IOException {
        try (Agent agent = start()) {
            await("\"mac\":\"" + MAC + "\"");
            assertThat(Shell.run("ip", "netns", "pids", NAMESPACE)).isNotBlank();
        }
        assertThat(Eventually.get(() -> Shell.run("ip", "netns", "pids", NAMESPACE), String::isBlank))
                .isBlank();
    }

    @Test
    void leavesNoProcessBehindWhenItIsKilled() throws Exception {
        Process agent = Shell.start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                io.plugboard.controller.config.Main.class.getName(),
                "agent",
                "--netns",
                NAMESPACE,
                "--ovsdb",
                "unix:" + ovs.databaseSocket());
        try {
            await("\"mac\":\"" + MAC + "\"");
            System.out.printf(
                    "the agent's resident memory: %s%n",
                    Shell.run("sh", "-c", "grep VmRSS /proc/" + agent.pid() + "/status")
                            .strip());
        } finally {
            agent.destroyForcibly().waitFor();
        }
        assertThat(Eventually.get(() -> Shell.run("ip", "netns", "pids", NAMESPACE), String::isBlank))
                .isBlank();
    }
}

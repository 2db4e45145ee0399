package io.plugboard.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.agent.Agent;
import io.plugboard.agent.netns.NamespaceRef;
import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.Plugboard;
import io.plugboard.it.wire.ControllerSocket;
import io.plugboard.it.wire.Namespace;
import io.plugboard.topology.model.DatapathId;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three containers, as Mininet makes its hosts: a tcpdump in one of them makes its port a mirror, by itself. Needs root. */
@Timeout(120)
class TcpdumpMirrorIT {
    private static final String BRIDGE = "br";
    private static final int CONTAINERS = 3;

    private final Plugboard plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
    private final Namespace network = Namespace.create();
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, network.entering());
    private final List<Namespace> containers = new ArrayList<>();
    private ControllerSocket openFlow;
    private Agent agent;

    @BeforeEach
    void plugIn() throws IOException {
        ovs.addBridge(BRIDGE, new DatapathId(0xe1));
        openFlow = new ControllerSocket(ovs.controllerSocket(BRIDGE), plugboard.openFlow());
        ovs.setController(BRIDGE);
        ovs.vsctl("set-manager", "tcp:127.0.0.1:" + plugboard.ovsdb().getPort());
        ovs.vsctl(
                "set",
                "Bridge",
                BRIDGE,
                "external_ids:plugboard-managed=true",
                "external_ids:plugboard-promiscuous-mode=accept");
        for (int number = 1; number <= CONTAINERS; number++) {
            Namespace container = Namespace.create();
            containers.add(container);
            network.ip(List.of(
                    "link add h" + number + " type veth peer name eth0 netns " + container.pid(),
                    "link set h" + number + " up"));
            container.ip(List.of(
                    "link set eth0 address " + mac(number) + " up", "addr add " + address(number) + "/24 dev eth0"));
            ovs.vsctl(
                    "add-port",
                    BRIDGE,
                    "h" + number,
                    "--",
                    "set",
                    "Interface",
                    "h" + number,
                    "external_ids:iface-id=h" + number,
                    "external_ids:attached-mac=\"" + mac(number) + "\"");
        }
        agent = Agent.start(new Agent.Settings(
                UnixDomainSocketAddress.of(ovs.databaseSocket()),
                Map.of(),
                List.of(),
                Optional.empty(),
                containers.stream()
                        .map(container -> NamespaceRef.of(
                                ProcessHandle.of(container.pid()).orElseThrow()))
                        .toList()));
        for (int number = 1; number <= CONTAINERS; number++) {
            String port = "h" + number;
            Eventually.get(
                    () -> externalIds(port),
                    ids -> ids.contains("plugboard-state=active") && ids.contains("plugboard-rx-filter"));
            // What is in the row is in the switch some time later.
            Eventually.get(
                    () -> plugboard.rest().get("/vnics/" + port).ok(),
                    vnic -> vnic.has("rxFilter")
                            && vnic.at("/status/state").asText().equals("active"));
        }
    }

    private static String mac(int number) {
        return "52:54:00:00:e1:0" + number;
    }

    private static String address(int number) {
        return "10.81.0." + number;
    }

    private String externalIds(String port) {
        return ovs.vsctl("get", "Interface", port, "external_ids");
    }

    @AfterEach
    void end() {
        agent.close();
        openFlow.close();
        ovs.close();
        containers.forEach(Namespace::close);
        network.close();
        plugboard.close();
    }

    @Test
    void aTcpdumpSeesItsNeighboursTalkForAsLongAsItRuns() throws IOException {
        String before = groups();
        Process tcpdump =
                containers.get(2).start(List.of("tcpdump", "-n", "-l", "-i", "eth0", "icmp and host " + address(1)));
        Process ping = containers.get(0).start(List.of("ping", "-i", "0.05", address(2)));
        try (BufferedReader seen = tcpdump.inputReader()) {
            assertThat(seen.readLine()).contains(address(1), address(2), "ICMP echo");
        } finally {
            tcpdump.destroy();
            ping.destroy();
        }

        Eventually.get(() -> externalIds("h3"), ids -> ids.contains("promiscuous\\\":false"));
        assertThat(Eventually.get(this::groups, before::equals)).isEqualTo(before);
    }

    /** Those of the mirror are there while there is one. */
    private String groups() {
        return ovs.ofctl("dump-groups", BRIDGE)
                .lines()
                .filter(line -> line.contains("group_id"))
                .sorted()
                .reduce("", (all, line) -> all + line.strip() + "\n");
    }
}

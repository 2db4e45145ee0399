package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.controller.service.FlowListing;
import io.plugboard.topology.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bridge should have beside what it has. */
class FlowsTest {
    private static final String PATH = "/api/v1/bridges/00000000000000a1/flows";

    private RestLab lab;
    private FlowProgram desired;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab().withVnic();
        lab.client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\"]}");
        BridgeStatus status = RestLab.connected(BRIDGE);
        lab.switches.put(status);
        Observed ports =
                Observed.of(status.ports().stream().map(BridgeStatus.Port::port).toList());
        desired = FlowCompiler.compile(new BridgeView(lab.service.topology(), BRIDGE, ports, Set.of()));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    /** All of it, each flow having matched 12 frames. */
    private Map<FlowKey, InstalledFlow> installed() {
        Map<FlowKey, InstalledFlow> flows = new TreeMap<>();
        for (Flow flow : desired.flows().values()) {
            flows.put(flow.key(), new InstalledFlow(flow.key(), flow.cookie().bits(), flow.instructions(), 12, 720));
        }
        return flows;
    }

    private void install(Map<FlowKey, InstalledFlow> flows, List<Installed.ForeignFlow> foreign) {
        Installed installed = new Installed(flows, desired.groups(), foreign, List.of());
        lab.switches.put(BRIDGE, new FlowListing(desired, Optional.of(installed)));
    }

    @Test
    void saysOfEachFlowWhomItServesAndWhy() throws Exception {
        install(installed(), List.of(new Installed.ForeignFlow(7, 5, "0001", 0x99, "actions=NORMAL")));
        JsonNode flows = lab.client.get(PATH).json();
        assertThat(flows.get("connected").asBoolean()).isTrue();
        assertThat(flows.at("/desired/flows")).hasSize(desired.flows().size());
        assertThat(flows.at("/desired/groups")).hasSize(desired.groups().size());
        assertThat(flows.at("/installed/flows")).hasSize(desired.flows().size());
        assertThat(flows.at("/installed/groups")).isEqualTo(flows.at("/desired/groups"));
        assertThat(flows.at("/installed/foreign"))
                .hasToString("[{\"table\":7,\"priority\":5,\"cookie\":\"0x99\",\"description\":\"actions=NORMAL\"}]");
        JsonNode guard = null;
        for (JsonNode flow : flows.at("/installed/flows")) {
            if (flow.path("rule").asText().equals("GUARD_FORGED")) {
                guard = flow;
            }
        }
        assertThat(guard)
                .hasToString("{\"table\":2,\"priority\":100,\"cookie\":\"0x706c160400000000\",\"match\":\"in_port=2\","
                        + "\"actions\":\"drop\",\"owner\":\"vNIC web-1\",\"rule\":\"GUARD_FORGED\","
                        + "\"why\":\"forged source: the vNIC may only send as itself\",\"packets\":12,\"bytes\":720}");
    }

    @Test
    void givesTheSameInTheSyntaxOfOvsOfctl() throws Exception {
        install(installed(), List.of());
        Answer answer = lab.client.get(PATH, "Accept", "text/plain");
        assertThat(answer.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.body())
                .startsWith("# bridge 00000000000000a1: " + desired.flows().size() + " flows and "
                        + desired.groups().size() + " groups are desired, "
                        + desired.flows().size() + " and " + desired.groups().size() + " are there\n")
                .contains("\n# table 2, GUARD: May this sender use this source address?\n")
                .contains("\ncookie=0x706c160400000000, table=2, priority=100,in_port=2 actions=drop"
                        + "  # 12 packets, 720 bytes; vNIC web-1: forged source: the vNIC may only send as itself\n")
                .doesNotContain("missing", "differs", "not desired");
        assertThat(answer.body().lines().filter(line -> line.startsWith("cookie=")))
                .hasSize(desired.flows().size());
    }

    @Test
    void prefersJsonWhenEitherWillDo() throws Exception {
        assertThat(lab.client.get(PATH, "Accept", "*/*").header("Content-Type")).contains("application/json");
        assertThat(lab.client
                        .get(PATH, "Accept", "text/plain;q=0.5, application/json")
                        .header("Content-Type"))
                .contains("application/json");
        assertThat(lab.client.get(PATH, "Accept", "text/html").status()).isEqualTo(406);
    }

    @Test
    void notesWhatDiffers() throws Exception {
        Map<FlowKey, InstalledFlow> flows = installed();
        List<FlowKey> keys = List.copyOf(flows.keySet());
        flows.remove(keys.get(0));
        InstalledFlow changed = flows.get(keys.get(1));
        flows.put(keys.get(1), new InstalledFlow(keys.get(1), 5, changed.instructions(), 1, 60));
        FlowKey surplus = new FlowKey(9, 1, keys.get(2).match());
        flows.put(surplus, new InstalledFlow(surplus, 0x77, Instructions.DROP, 0, 0));
        install(flows, List.of(new Installed.ForeignFlow(7, 5, "0001", 0x99, "actions=NORMAL")));
        String text = lab.client.get(PATH, "Accept", "text/plain").body();
        assertThat(text.lines().filter(line -> line.contains("  # missing; "))).hasSize(1);
        assertThat(text.lines().filter(line -> line.contains("  # differs; 1 packets, 60 bytes; ")))
                .hasSize(1);
        assertThat(text)
                .contains("\n# there, and not desired\n# cookie=0x77, table=9, priority=1,")
                .contains("\n# table=7, priority=5, cookie=0x99, actions=NORMAL\n");
    }

    @Test
    void showsWhatIsDesiredOfABridgeThatIsNotConnected() throws Exception {
        lab.switches.put(BRIDGE, new FlowListing(desired, Optional.empty()));
        JsonNode flows = lab.client.get(PATH).json();
        assertThat(flows.get("connected").asBoolean()).isFalse();
        assertThat(flows.has("installed")).isFalse();
        assertThat(lab.client.get(PATH, "Accept", "text/plain").body())
                .startsWith("# bridge 00000000000000a1: ")
                .contains("groups are desired, it is not connected\n")
                .doesNotContain("missing");
    }

    @Test
    void saysWhatTheSwitchHasAgainstBeingRead() throws Exception {
        lab.switches.refuse("OFPBRC_BAD_LEN");
        Answer answer = lab.client.get(PATH);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().at("/detail").asText())
                .isEqualTo("bridge 00000000000000a1: OFPMP_FLOW: OFPBRC_BAD_LEN");
    }

    @Test
    void readsBackAndMendsWhenAsked() throws Exception {
        Answer answer = lab.client.post("/api/v1/bridges/00000000000000a1/resync", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .hasToString("{\"durationMs\":3,\"flowsAdded\":1,\"flowsModified\":2,\"flowsDeleted\":3,"
                        + "\"groupsAdded\":4,\"groupsModified\":5,\"groupsDeleted\":6}");
    }
}

package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListsTest {
    private static final DatapathId OTHER = DatapathId.parse("00000000000000b2");

    private RestLab lab;
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab();
        client = lab.client;
        client.put("/api/v1/port-groups/blue", BLUE);
        client.put("/api/v1/port-groups/green", "{\"vlan\": {\"mode\": \"untagged\"}}");
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    /** vNICs v00000, v00001, … of one bridge and one port group. */
    private void attach(int from, int to, DatapathId bridge, String portGroup) throws Exception {
        String operations = IntStream.range(from, to)
                .mapToObj(number -> String.format(
                        "{\"op\":\"put\",\"path\":\"/vnics/v%05d\",\"value\":{\"bridge\":\"%s\",\"port\":\"t%d\","
                                + "\"mac\":\"52:54:00:00:%02x:%02x\",\"portGroup\":\"%s\"}}",
                        number, bridge, number, number >> 8, number & 0xff, portGroup))
                .collect(Collectors.joining(",", "{\"operations\":[", "]}"));
        assertThat(client.post("/api/v1/transactions", operations).status()).isEqualTo(200);
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    @Test
    void listsAllWithTheRevisionOfEverything() throws Exception {
        assertThat(client.get("/api/v1/port-groups").json())
                .hasToString(
                        "{\"items\":[{\"name\":\"blue\",\"vlan\":{\"mode\":\"access\",\"id\":100},"
                                + "\"security\":{},\"announce\":{},\"allowLinkLocalControl\":false,\"revision\":1},"
                                + "{\"name\":\"green\",\"vlan\":{\"mode\":\"untagged\"},"
                                + "\"security\":{},\"announce\":{},\"allowLinkLocalControl\":false,\"revision\":2}],\"revision\":2}");
        assertThat(client.get("/api/v1/vnics").json()).hasToString("{\"items\":[],\"revision\":2}");
        assertThat(client.get("/api/v1/bridges").json()).hasToString("{\"items\":[],\"revision\":2}");
    }

    @Test
    void givesPages() throws Exception {
        attach(0, 5, BRIDGE, "blue");
        JsonNode first = client.get("/api/v1/vnics?limit=2").json();
        assertThat(ids(first)).containsExactly("v00000", "v00001");
        JsonNode second = client.get("/api/v1/vnics?limit=2&continue="
                        + first.get("continue").asText())
                .json();
        assertThat(ids(second)).containsExactly("v00002", "v00003");
        JsonNode last = client.get("/api/v1/vnics?limit=2&continue="
                        + second.get("continue").asText())
                .json();
        assertThat(ids(last)).containsExactly("v00004");
        assertThat(last.has("continue")).isFalse();
        assertThat(client.get("/api/v1/vnics?limit=5").json().has("continue")).isFalse();
        assertThat(client.get("/api/v1/port-groups?limit=1")
                        .json()
                        .get("continue")
                        .asText())
                .isEqualTo("blue");
        assertThat(client.get("/api/v1/port-groups?continue=blue")
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("green");
    }

    @Test
    void goesOnBehindAnItemThatIsGone() throws Exception {
        attach(0, 3, BRIDGE, "blue");
        client.delete("/api/v1/vnics/v00001");
        assertThat(ids(client.get("/api/v1/vnics?continue=v00001").json())).containsExactly("v00002");
    }

    @Test
    void filtersByBridgePortGroupAndState() throws Exception {
        attach(0, 2, BRIDGE, "blue");
        attach(2, 4, OTHER, "blue");
        attach(4, 6, OTHER, "green");
        lab.switches.put(new VnicId("v00003"), RestLab.active("52:54:00:00:00:03", 3));
        lab.switches.put(new VnicId("v00004"), RestLab.pending("52:54:00:00:00:04", "no port"));

        assertThat(ids(client.get("/api/v1/vnics?bridge=0x00000000000000A1").json()))
                .containsExactly("v00000", "v00001");
        assertThat(ids(client.get("/api/v1/vnics?portGroup=blue").json()))
                .containsExactly("v00000", "v00001", "v00002", "v00003");
        assertThat(ids(client.get("/api/v1/vnics?bridge=00000000000000b2&portGroup=blue")
                        .json()))
                .containsExactly("v00002", "v00003");
        assertThat(ids(client.get("/api/v1/vnics?state=active").json())).containsExactly("v00003");
        assertThat(ids(client.get("/api/v1/vnics?bridge=00000000000000b2&limit=1&continue=v00003")
                        .json()))
                .containsExactly("v00004");
        assertThat(ids(client.get("/api/v1/vnics?bridge=00000000000000ff").json()))
                .isEmpty();
        assertThat(ids(client.get("/api/v1/vnics?portGroup=nope").json())).isEmpty();
    }

    /** One that nobody has looked at yet is shown as pending, and so it is found as pending. */
    @Test
    void filtersByTheStateThatItShows() throws Exception {
        attach(0, 1, BRIDGE, "blue");
        assertThat(client.get("/api/v1/vnics")
                        .json()
                        .at("/items/0/status/state")
                        .asText())
                .isEqualTo("pending");
        assertThat(ids(client.get("/api/v1/vnics?state=pending").json())).containsExactly("v00000");
    }

    @Test
    void asksEachBridgeOnceForTheCountersOfManyVnics() throws Exception {
        attach(0, 500, BRIDGE, "blue");
        attach(500, 1000, OTHER, "blue");
        lab.switches.put(new VnicId("v00999"), RestLab.active("52:54:00:00:03:e7", 7));
        lab.switches.put(
                OTHER, CompletableFuture.completedStage(Map.of(new VnicId("v00999"), new VnicCounters(5, 4, 3, 2, 1))));
        JsonNode all = client.get("/api/v1/vnics").json();
        assertThat(all.get("items")).hasSize(1000);
        assertThat(all.at("/items/999/status/counters"))
                .hasToString("{\"txFrames\":5,\"txBytes\":4,\"rxFrames\":3,\"rxBytes\":2,\"spoofedDrops\":1}");
        assertThat(all.at("/items/998/status").has("counters")).isFalse();
        assertThat(lab.switches.counterRequests()).isEqualTo(2);
    }

    @Test
    void isNotHeldUpByASwitchThatDoesNotAnswer() throws Exception {
        attach(0, 2, BRIDGE, "blue");
        attach(2, 3, OTHER, "blue");
        for (int number = 0; number < 3; number++) {
            lab.switches.put(new VnicId("v0000" + number), RestLab.active("52:54:00:00:00:0" + number, number + 1));
        }
        lab.switches.put(BRIDGE, new CompletableFuture<>());
        lab.switches.put(
                OTHER, CompletableFuture.completedStage(Map.of(new VnicId("v00002"), new VnicCounters(5, 4, 3, 2, 1))));
        JsonNode all = client.get("/api/v1/vnics").json();
        assertThat(all.at("/items/0/status").has("counters")).isFalse();
        assertThat(all.at("/items/2/status/counters/txFrames").asLong()).isEqualTo(5);
    }

    @Test
    void listsBridgesThatWerePutAndBridgesThatAreSeen() throws Exception {
        client.put("/api/v1/bridges/00000000000000b2", "{\"name\": \"rack-8\"}");
        lab.switches.put(RestLab.connected(BRIDGE));
        JsonNode bridges = client.get("/api/v1/bridges").json();
        assertThat(bridges.at("/items/0/dpid").asText()).isEqualTo("00000000000000a1");
        assertThat(bridges.at("/items/0/managed").asBoolean()).isFalse();
        assertThat(bridges.at("/items/0/status/state").asText()).isEqualTo("active");
        assertThat(bridges.at("/items/1/dpid").asText()).isEqualTo("00000000000000b2");
        assertThat(bridges.at("/items/1/managed").asBoolean()).isTrue();
        assertThat(bridges.at("/items/1/status/state").asText()).isEqualTo("disconnected");
        assertThat(client.get("/api/v1/bridges?limit=1").json().get("continue").asText())
                .isEqualTo("00000000000000a1");
    }

    @Test
    void streamsALongList() throws Exception {
        attach(0, 2_000, BRIDGE, "blue");
        JsonNode all = client.get("/api/v1/vnics").json();
        assertThat(all.get("items")).hasSize(2_000);
        assertThat(ids(all)).isSorted().doesNotHaveDuplicates();
    }
}

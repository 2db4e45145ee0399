package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private RestLab lab;
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab();
        client = lab.client;
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private static String put(String path, String value) {
        return "{\"op\": \"put\", \"path\": \"" + path + "\", \"value\": " + value + "}";
    }

    private static String delete(String path) {
        return "{\"op\": \"delete\", \"path\": \"" + path + "\"}";
    }

    private Answer apply(String... operations) throws Exception {
        return client.post("/api/v1/transactions", "{\"operations\": [" + String.join(", ", operations) + "]}");
    }

    private static List<String> pointers(Answer answer) {
        List<String> pointers = new ArrayList<>();
        answer.json()
                .get("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        return pointers;
    }

    @Test
    void changesEverythingAtOnceInItsOrder() throws Exception {
        Answer answer = apply(
                put("/port-groups/blue", BLUE),
                put("/bridges/0x00000000000000A1", "{\"uplinks\": [\"eth1\"]}"),
                put("/vnics/web-1", vnic("tap0", "52:54:00:aa:bb:cc")),
                delete("/vnics/web-1"),
                put("/vnics/web-2", vnic("tap0", "52:54:00:aa:bb:cc")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"revision\":1}");
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(client.get("/api/v1/vnics/web-1").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/vnics/web-2").json().at("/revision").asLong())
                .isEqualTo(1);
        assertThat(client.get("/api/v1/bridges/00000000000000a1")
                        .json()
                        .at("/uplinks/0")
                        .asText())
                .isEqualTo("eth1");
    }

    @Test
    void changesNothingWhenOneOperationCannotBe() throws Exception {
        Answer answer = apply(
                put("/port-groups/blue", BLUE),
                put("/vnics/web-1", vnic("tap0", "52:54:00:aa:bb:cc")),
                put("/vnics/web-2", vnic("tap0", "52:54:00:aa:bb:cc")));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(pointers(answer)).containsExactly("/operations/2/value/mac", "/operations/2/value/port");
        assertThat(client.get("/api/v1/vnics").json()).hasToString("{\"items\":[],\"revision\":0}");
    }

    @Test
    void namesWhatIsWrongInAllOperations() throws Exception {
        Answer answer = apply(
                put("/port-groups/blue", BLUE.replace("100", "4095")),
                put("/vnics/web-1", vnic("tap0", "01:00:5e:00:00:01")),
                put("/vnics/web-2", vnic("tap1", "52:54:00:00:00:02").replace("blue", "green")),
                "{\"op\": \"move\", \"path\": \"/vnics/web-3\", \"value\": {}}",
                "{\"op\": \"delete\", \"path\": \"/vnics/web-3\", \"value\": {}}",
                "{\"op\": \"put\", \"path\": \"/hosts/web-3\"}",
                "{}",
                "7");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(pointers(answer))
                .containsExactly(
                        "/operations/0/value/vlan/id",
                        "/operations/1/value/mac",
                        "/operations/3/op",
                        "/operations/3/value/bridge",
                        "/operations/3/value/port",
                        "/operations/3/value/mac",
                        "/operations/3/value/portGroup",
                        "/operations/4/value",
                        "/operations/5/path",
                        "/operations/5/value",
                        "/operations/6/op",
                        "/operations/6/path",
                        "/operations/6/value",
                        "/operations/7",
                        "/operations/2/value/portGroup");
        assertThat(answer.json().at("/detail").asText()).isEqualTo("15 fields are wrong");
    }

    @Test
    void namesTheOperationThatIsWrongAsAWhole() throws Exception {
        lab.withVnic();
        Answer missing = apply(delete("/vnics/web-1"), delete("/vnics/web-1"));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(pointers(missing)).containsExactly("/operations/1/path");
        Answer inUse = apply(delete("/port-groups/blue"));
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(pointers(inUse)).containsExactly("/operations/0/path");
        Answer unknown =
                apply(put("/vnics/web-2", vnic("tap1", "52:54:00:00:00:02").replace("blue", "green")));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(pointers(unknown)).containsExactly("/operations/0/value/portGroup");
    }

    @Test
    void leavesAVnicToTheSourceThatBroughtIt() throws Exception {
        lab.withVnic();
        lab.service.attach(new Vnic(
                new VnicId("db-1"),
                new Place(BRIDGE, new PortRef.ByName("tap9")),
                MacAddress.parse("52:54:00:00:00:09"),
                new PortGroupName("blue"),
                Vnic.Source.OVSDB));
        Answer answer = apply(delete("/vnics/web-1"), delete("/vnics/db-1"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(pointers(answer)).containsExactly("/operations/1/path");
    }

    @Test
    void comparesThePreconditionWithTheRevisionOfEverything() throws Exception {
        lab.withVnic();
        String nothing = "{\"operations\": []}";
        assertThat(client.post("/api/v1/transactions", nothing, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(client.post("/api/v1/transactions", nothing, "If-Match", "\"2\"")
                        .json())
                .hasToString("{\"revision\":2}");
    }

    @Test
    void namesTheFirstHundredOfManyErrors() throws Exception {
        Answer answer = apply(IntStream.range(0, 5000).mapToObj(each -> "{}").toArray(String[]::new));
        assertThat(answer.json().get("errors")).hasSize(100);
        assertThat(answer.json().at("/detail").asText()).isEqualTo("15000 fields are wrong");
    }

    @Test
    void takesTensOfThousandsOfOperations() throws Exception {
        String vnics = IntStream.range(0, 30_000)
                .mapToObj(number -> put(
                        "/vnics/v" + number,
                        String.format(
                                "{\"bridge\": \"%016x\", \"port\": \"tap%d\", \"mac\": \"52:54:00:%02x:%02x:%02x\", \"portGroup\":"
                                        + " \"blue\"}",
                                number / 1000, number, number >> 16, number >> 8 & 0xff, number & 0xff)))
                .collect(Collectors.joining(","));
        assertThat(apply(put("/port-groups/blue", BLUE), vnics).status()).isEqualTo(200);
        JsonNode last = client.get("/api/v1/vnics/v29999").json();
        assertThat(last.at("/slot").asInt()).isEqualTo(999);
        assertThat(last.at("/bridge").asText()).isEqualTo("000000000000001d");
    }
}

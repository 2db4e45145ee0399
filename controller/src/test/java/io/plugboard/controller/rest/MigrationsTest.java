package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vNIC's move in two steps. */
class MigrationsTest {
    private static final String MAC = "52:54:00:aa:bb:cc";
    private static final VnicId WEB_1 = new VnicId("web-1");
    private static final String VNIC = "/api/v1/vnics/web-1";
    private static final String MIGRATION = VNIC + "/migration";
    private static final String ACTIVATE = MIGRATION + "/activate";
    private static final String DESTINATION = "{\"bridge\": \"00000000000000b2\", \"port\": \"tap5\"}";

    private RestLab lab;
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab().withVnic();
        client = lab.client;
        lab.switches.put(WEB_1, RestLab.active(MAC, 7));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private Attachment stored() {
        return lab.service.topology().attachment(WEB_1).orElseThrow();
    }

    private static String detail(Answer answer) {
        return answer.json().get("detail").textValue();
    }

    @Test
    void preparesTheDestinationAndLeavesTheVnicWhereItIs() throws Exception {
        lab.switches.put(
                WEB_1, new MigrationStatus(MigrationStatus.State.PENDING, "bridge 00000000000000b2 is not connected"));
        Answer answer = client.post(MIGRATION, DESTINATION);
        assertThat(answer.status()).isEqualTo(201);
        JsonNode vnic = answer.json();
        assertThat(vnic.get("migration"))
                .hasToString("{\"bridge\":\"00000000000000b2\",\"port\":\"tap5\",\"activateOn\":\"request\","
                        + "\"state\":\"pending\",\"reason\":\"bridge 00000000000000b2 is not connected\"}");
        assertThat(vnic.at("/bridge").textValue()).isEqualTo("00000000000000a1");
        assertThat(vnic.at("/port").textValue()).isEqualTo("tap0");
        assertThat(vnic.at("/status/state").textValue()).isEqualTo("active");
        assertThat(answer.header("ETag")).contains("\"" + stored().revision() + "\"");
        assertThat(client.get(VNIC).json()).isEqualTo(vnic);
        assertThat(client.get("/api/v1/vnics").json().at("/items/0")).isEqualTo(vnic);
    }

    @Test
    void replacesADestinationThatWasPrepared() throws Exception {
        client.post(MIGRATION, DESTINATION);
        Answer answer = client.post(
                MIGRATION, "{\"bridge\": \"00:00:00:00:00:00:00:B3\", \"port\": 9, \"activateOn\": \"firstFrame\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("migration"))
                .hasToString("{\"bridge\":\"00000000000000b3\",\"port\":9,\"activateOn\":\"firstFrame\","
                        + "\"state\":\"pending\",\"reason\":\"it is new\"}");
    }

    @Test
    void takesTheVnicBackAsItWasGivenWithoutGivingTheMigrationUp() throws Exception {
        Answer prepared = client.post(MIGRATION, DESTINATION);
        Answer again = client.put(VNIC, prepared.body());
        assertThat(again.json()).isEqualTo(prepared.json());
    }

    @Test
    void answersWhenTheDestinationIsPrepared() throws Exception {
        CompletableFuture<Answer> answer =
                client.sendAsync("POST", MIGRATION + "?wait=prepared&timeoutMs=60000", DESTINATION);
        lab.switches.asked(WEB_1).get();
        assertThat(stored().prepared()).as("stored before it is waited for").isPresent();
        assertThat(answer).isNotDone();
        lab.switches.prepared(WEB_1).complete(Optional.of(new MigrationStatus(MigrationStatus.State.PREPARED, "")));
        assertThat(answer.get().status()).isEqualTo(201);
        assertThat(answer.get().json().at("/migration/state").textValue()).isEqualTo("prepared");
        assertThat(answer.get().json().at("/migration/reason").textValue()).isEmpty();
        assertThat(answer.get().json().at("/status/state").textValue()).isEqualTo("active");
    }

    @Test
    void answersAtOnceWhatTheDestinationsSwitchHasRefused() throws Exception {
        lab.switches
                .prepared(WEB_1)
                .complete(Optional.of(new MigrationStatus(
                        MigrationStatus.State.FAILED, "the switch refused it: OFPFMFC_TABLE_FULL")));
        Answer answer = client.post(MIGRATION + "?wait=prepared&timeoutMs=60000", DESTINATION);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/migration/state").textValue()).isEqualTo("failed");
        assertThat(answer.json().at("/migration/reason").textValue())
                .isEqualTo("the switch refused it: OFPFMFC_TABLE_FULL");
    }

    @Test
    void saysWhatTheDestinationLacksWhenTimeIsUp() throws Exception {
        lab.switches.put(
                WEB_1, new MigrationStatus(MigrationStatus.State.PENDING, "bridge 00000000000000b2 has no port tap5"));
        Answer answer = client.post(MIGRATION + "?wait=prepared&timeoutMs=1", DESTINATION);
        assertThat(answer.status()).isEqualTo(504);
        assertThat(detail(answer))
                .isEqualTo("the migration of vNIC 'web-1' is stored, and pending after 1 ms:"
                        + " bridge 00000000000000b2 has no port tap5");
        assertThat(answer.json().at("/vnic/migration/state").textValue()).isEqualTo("pending");
        assertThat(lab.switches.prepared(WEB_1)).as("nobody waits any longer").isCancelled();
        assertThat(stored().prepared()).isPresent();
    }

    @Test
    void saysThatTheMigrationWasGivenUpMeanwhile() throws Exception {
        lab.switches.prepared(WEB_1).complete(Optional.empty());
        Answer answer = client.post(MIGRATION + "?wait=prepared", DESTINATION);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(detail(answer))
                .isEqualTo(
                        "the migration of vNIC 'web-1' was stored, and given up or activated before it was prepared");
    }

    @Test
    void namesWhatStandsInTheWayOfAMigration() throws Exception {
        Answer there = client.post(MIGRATION, "{\"bridge\": \"00000000000000a1\", \"port\": \"tap0\"}");
        assertThat(there.status()).isEqualTo(409);
        assertThat(there.json().get("errors"))
                .hasToString("[{\"pointer\":\"/port\",\"detail\":\"vNIC 'web-1' is active at port tap0 of bridge"
                        + " 00000000000000a1 already\"}]");
        client.put("/api/v1/vnics/web-2", vnic("tap9", MAC).replace("a1", "b2"));
        Answer sameMac = client.post(MIGRATION, DESTINATION);
        assertThat(sameMac.status()).isEqualTo(409);
        assertThat(sameMac.json().get("errors"))
                .as("the request has no field for the MAC")
                .hasToString("[{\"pointer\":\"/bridge\",\"detail\":\"52:54:00:aa:bb:cc is already the MAC of vNIC"
                        + " 'web-2' in VLAN 100 of bridge 00000000000000b2\"}]");
        assertThat(client.post("/api/v1/vnics/web-9/migration", DESTINATION).status())
                .isEqualTo(404);
    }

    @Test
    void namesEverythingThatIsWrongWithARequest() throws Exception {
        Answer unreadable = client.post(MIGRATION, "{\"port\": true, \"activateOn\": \"later\", \"when\": 1}");
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(unreadable.json().get("errors"))
                .hasToString(
                        "[{\"pointer\":\"/bridge\",\"detail\":\"'bridge' is missing\"},"
                                + "{\"pointer\":\"/port\",\"detail\":\"must be a port's name or its number, not true\"},"
                                + "{\"pointer\":\"/activateOn\",\"detail\":\"activateOn is 'firstFrame' or 'request', not 'later'\"},"
                                + "{\"pointer\":\"/when\",\"detail\":\"there is no field 'when' here, only: bridge, port, activateOn\"}]");
        Answer wait = client.post(MIGRATION + "?wait=active", DESTINATION);
        assertThat(detail(wait)).isEqualTo("wait: must be 'prepared', not 'active'");
    }

    @Test
    void movesTheVnicToWhereItIsPrepared() throws Exception {
        client.post(MIGRATION, DESTINATION);
        Answer answer = client.post(ACTIVATE, "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/bridge").textValue()).isEqualTo("00000000000000b2");
        assertThat(answer.json().at("/port").textValue()).isEqualTo("tap5");
        assertThat(answer.json().has("migration")).isFalse();
        assertThat(answer.json().get("leaving")).hasToString("{\"bridge\":\"00000000000000a1\",\"port\":\"tap0\"}");
        assertThat(answer.header("ETag")).contains("\"" + stored().revision() + "\"");
    }

    @Test
    void answersWhenTheVnicIsActiveWhereItWasPrepared() throws Exception {
        client.post(MIGRATION, DESTINATION);
        CompletableFuture<Answer> answer = client.sendAsync("POST", ACTIVATE + "?wait=active&timeoutMs=60000", "");
        lab.switches.asked(WEB_1).get();
        assertThat(answer).isNotDone();
        lab.switches.settled(WEB_1).complete(Optional.of(RestLab.active(MAC, 9)));
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(answer.get().json().at("/status/portNumber").asInt()).isEqualTo(9);
    }

    @Test
    void givesAMigrationUp() throws Exception {
        client.post(MIGRATION, DESTINATION);
        assertThat(client.delete(MIGRATION).status()).isEqualTo(204);
        assertThat(stored().second()).isEmpty();
        assertThat(client.get(VNIC).json().has("migration")).isFalse();
        assertThat(client.delete(MIGRATION).status()).isEqualTo(404);
    }

    @Test
    void activatesAndGivesUpNothingOfAVnicThatIsNotThere() throws Exception {
        Answer answer = client.post("/api/v1/vnics/web-9/migration/activate", "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(detail(answer)).isEqualTo("there is no vNIC 'web-9'");
        assertThat(client.delete("/api/v1/vnics/web-9/migration").status()).isEqualTo(404);
    }

    @Test
    void comparesEachPreconditionWithTheRevisionOfTheVnic() throws Exception {
        String old = "\"" + stored().revision() + "\"";
        assertThat(client.post(MIGRATION, DESTINATION, "If-Match", "\"99\"").status())
                .isEqualTo(412);
        Answer prepared = client.post(MIGRATION, DESTINATION, "If-Match", old);
        assertThat(prepared.status()).isEqualTo(201);
        assertThat(client.post(ACTIVATE, "", "If-Match", old).status()).isEqualTo(412);
        assertThat(client.delete(MIGRATION, "If-Match", old).status()).isEqualTo(412);
        String now = prepared.header("ETag").orElseThrow();
        assertThat(client.post(ACTIVATE, "", "If-Match", now).status()).isEqualTo(200);
    }

    @Test
    void leavesTheMigrationOfAVnicToTheSourceThatBroughtIt() throws Exception {
        lab.service.attach(new Vnic(
                new VnicId("db-1"),
                new Place(RestLab.BRIDGE, new PortRef.ByName("tap9")),
                MacAddress.parse("52:54:00:00:00:09"),
                new PortGroupName("blue"),
                Vnic.Source.OVSDB));
        Answer answer = client.post("/api/v1/vnics/db-1/migration", DESTINATION);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(detail(answer)).isEqualTo("vNIC 'db-1' was brought by ovsdb, which alone may change it");
    }

    @Test
    void listsAVnicOnTheBridgeWhereItIsActiveAlone() throws Exception {
        client.post(MIGRATION, DESTINATION);
        assertThat(client.get("/api/v1/vnics?bridge=00000000000000b2").json().get("items"))
                .isEmpty();
        assertThat(client.get("/api/v1/vnics?bridge=00000000000000a1").json().get("items"))
                .hasSize(1);
        client.post(ACTIVATE, "");
        assertThat(client.get("/api/v1/vnics?bridge=00000000000000b2").json().get("items"))
                .hasSize(1);
        assertThat(client.get("/api/v1/vnics?bridge=00000000000000a1").json().get("items"))
                .as("it is leaving")
                .isEmpty();
    }
}

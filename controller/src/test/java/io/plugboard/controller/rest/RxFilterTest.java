package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What guests' drivers have programmed into their network cards. */
class RxFilterTest {
    private static final VnicId WEB_1 = new VnicId("web-1");
    private static final String MAC = "52:54:00:aa:bb:cc";
    private static final String VNIC = "/api/v1/vnics/web-1";
    private static final String PATH = VNIC + "/rx-filter";
    private static final String EXACT = "{\"mac\": \"" + MAC + "\", \"multicast\": [\"01:00:5e:00:00:05\"]}";

    private RestLab lab;
    private RestClient client;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab().withVnic();
        client = lab.client;
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private Optional<RxFilter> stored() {
        return lab.service.topology().attachment(WEB_1).orElseThrow().rxFilter();
    }

    private static List<String> errors(Answer answer) {
        List<String> errors = new ArrayList<>();
        answer.json()
                .get("errors")
                .forEach(error -> errors.add(error.path("pointer").asText() + ": "
                        + error.get("detail").textValue()));
        return errors;
    }

    @Test
    void isUnknownUntilItIsReportedAndAfterItIsDeleted() throws Exception {
        Answer unknown = client.get(PATH);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().at("/detail").textValue()).isEqualTo("there is no receive filter of vNIC 'web-1'");

        Answer reported = client.put(PATH, EXACT);
        assertThat(reported.status()).isEqualTo(201);
        assertThat(reported.header("Location")).contains(PATH);
        assertThat(reported.header("ETag")).contains("\"3\"");
        assertThat(stored()).contains(RxFilter.exact(MacAddress.parse(MAC), List.of(MacAddress.parse("01005e000005"))));
        assertThat(client.put(PATH, EXACT).status()).isEqualTo(200);
        assertThat(client.get(PATH).json()).isEqualTo(reported.json());

        assertThat(client.delete(PATH).status()).isEqualTo(204);
        assertThat(client.delete(PATH).status()).isEqualTo(204);
        assertThat(stored()).isEmpty();
        assertThat(client.get(PATH).status()).isEqualTo(404);
        assertThat(client.get(VNIC).json().has("rxFilter")).isFalse();
    }

    @Test
    void givesBackAllOfItAndTheStatusOfItsVnic() throws Exception {
        Answer answer = client.put(
                PATH,
                "{\"mac\": \"5254.00aa.bbcc\", \"promiscuous\": true, \"allMulticast\": true,"
                        + " \"multicast\": [\"33-33-00-00-00-01\", \"01005e000005\", \"333300000001\"],"
                        + " \"unicast\": [\"020000000007\"], \"vlans\": [\"0\", 7, \"100-199\"]}");
        assertThat(answer.json())
                .hasToString("{\"mac\":\"52:54:00:aa:bb:cc\",\"promiscuous\":true,\"allMulticast\":true,"
                        + "\"multicast\":[\"01:00:5e:00:00:05\",\"33:33:00:00:00:01\"],\"unicast\":[\"02:00:00:00:00:07\"],"
                        + "\"vlans\":[\"0\",\"7\",\"100-199\"],\"revision\":3,\"status\":{\"state\":\"pending\",\"reason\":\"it is new\","
                        + "\"effectiveMac\":\"52:54:00:aa:bb:cc\",\"mirroring\":false,\"promiscuousDenied\":false,"
                        + "\"ignoredUnicast\":[]}}");
        assertThat(client.put(PATH, answer.body()).json()).isEqualTo(answer.json());
    }

    @Test
    void staysAsItIsWhenTheVnicIsPutWithoutIt() throws Exception {
        client.put(PATH, EXACT);
        client.put(VNIC, vnic("tap1", MAC));
        assertThat(stored()).isPresent();

        String other = "{\"mac\": \"52:54:00:00:00:99\"}";
        JsonNode changed = client.put(VNIC, vnic("tap1", MAC).replace("}", ", \"rxFilter\": " + other + "}"))
                .json();
        assertThat(changed.get("rxFilter"))
                .hasToString("{\"mac\":\"52:54:00:00:00:99\",\"promiscuous\":false,\"allMulticast\":false,"
                        + "\"multicast\":[],\"unicast\":[]}");
        assertThat(client.put(VNIC, changed.toString()).json()).isEqualTo(changed);
    }

    @Test
    void namesEverythingThatIsWrong() throws Exception {
        Answer answer = client.put(
                PATH,
                "{\"mac\": \"01:00:5e:00:00:01\", \"promiscuous\": \"yes\", \"multicast\": [\"" + MAC + "\", 5],"
                        + " \"unicast\": [\"00:00:00:00:00:00\"], \"vlans\": [\"5000\"], \"main\": 1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errors(answer))
                .containsExactly(
                        "/mac: 01:00:5e:00:00:01 is a group address (its multicast bit is set): no network card can own it",
                        "/promiscuous: must be true or false, not 'yes'",
                        "/multicast/0: 52:54:00:aa:bb:cc is not a multicast address",
                        "/multicast/1: must be a string, not 5",
                        "/unicast/0: 00:00:00:00:00:00 is no address of a network card",
                        "/vlans/0: a VLAN id is 0 (untagged) to 4094, not 5000",
                        "/main: there is no field 'main' here, only: mac, promiscuous, allMulticast, multicast, unicast,"
                                + " vlans, revision, status");
        Answer inVnic = client.put(VNIC, vnic("tap0", MAC).replace("}", ", \"rxFilter\": {\"mac\": \"x\"}}"));
        assertThat(errors(inVnic)).containsExactly("/rxFilter/mac: 'x' is not a MAC address such as 52:54:00:aa:bb:cc");
        assertThat(stored()).isEmpty();
    }

    @Test
    void belongsToAVnicThatIsThereAndThatRestBrought() throws Exception {
        assertThat(client.put("/api/v1/vnics/web-9/rx-filter", EXACT).status()).isEqualTo(404);
        assertThat(client.delete("/api/v1/vnics/web-9/rx-filter").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/vnics/web-9/rx-filter").status()).isEqualTo(404);
        lab.service.attach(new Vnic(
                new VnicId("db-1"),
                new Place(BRIDGE, new PortRef.ByName("tap9")),
                MacAddress.parse("52:54:00:00:00:09"),
                new PortGroupName("blue"),
                Vnic.Source.OVSDB));
        Answer notOurs = client.put("/api/v1/vnics/db-1/rx-filter", EXACT);
        assertThat(notOurs.status()).isEqualTo(409);
        assertThat(notOurs.json().at("/detail").textValue())
                .isEqualTo("vNIC 'db-1' was brought by ovsdb, which alone may change it");
    }

    @Test
    void honoursPreconditions() throws Exception {
        assertThat(client.put(PATH, EXACT, "If-Match", "*").status()).isEqualTo(412);
        assertThat(client.put(PATH, EXACT, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(client.put(PATH, EXACT, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(client.delete(PATH, "If-Match", "\"3\"").status()).isEqualTo(204);
    }

    @Test
    void changesInTransactionsToo() throws Exception {
        String operations = "{\"operations\": [{\"op\": \"put\", \"path\": \"/vnics/web-2\", \"value\": "
                + vnic("tap1", "52:54:00:aa:bb:dd").replace("}", ", \"rxFilter\": " + EXACT + "}")
                + "}, {\"op\": \"put\", \"path\": \"/vnics/%s/rx-filter\", \"value\": " + EXACT
                + "}, {\"op\": \"delete\", \"path\": \"/vnics/web-2/rx-filter\"}]}";
        Answer unknown = client.post("/api/v1/transactions", operations.replace("%s", "web-9"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(errors(unknown)).containsExactly("/operations/1/path: there is no vNIC 'web-9'");
        assertThat(client.post("/api/v1/transactions", operations.replace("%s", "web-1"))
                        .status())
                .isEqualTo(200);
        assertThat(stored()).isPresent();
        assertThat(client.get("/api/v1/vnics/web-2/rx-filter").status()).isEqualTo(404);
        assertThat(errors(client.post(
                        "/api/v1/transactions",
                        "{\"operations\": [{\"op\": \"delete\", \"path\": \"/vnics/web-1/tx-filter\"}]}")))
                .containsExactly("/operations/0/path: a path is /port-groups/NAME, /bridges/DPID, /vnics/ID or"
                        + " /vnics/ID/rx-filter, not '/vnics/web-1/tx-filter'");
    }

    @Test
    void answersWhenTheSwitchHasConfirmed() throws Exception {
        CompletableFuture<Answer> answer = client.putAsync(PATH + "?wait=active&timeoutMs=60000", EXACT);
        lab.switches.asked(WEB_1).get();
        assertThat(stored()).as("stored before it is waited for").isPresent();
        assertThat(answer).isNotDone();
        lab.switches.settled(WEB_1).complete(Optional.of(RestLab.active(MAC, 7)));
        assertThat(answer.get().status()).isEqualTo(201);
        assertThat(answer.get().json().at("/status/state").textValue()).isEqualTo("active");
    }

    @Test
    void answersAtOnceWhenItBlocksItsVnic() throws Exception {
        lab.switches
                .settled(WEB_1)
                .complete(Optional.of(new VnicStatus(
                        VnicStatus.State.BLOCKED,
                        "macInUse",
                        OptionalInt.of(7),
                        MacAddress.parse("52:54:00:00:00:99"),
                        Optional.empty(),
                        false,
                        false,
                        Set.of())));
        Answer answer = client.put(PATH + "?wait=active&timeoutMs=60000", "{\"mac\": \"52:54:00:00:00:99\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/status/state").textValue()).isEqualTo("blocked");
        assertThat(answer.json().at("/status/reason").textValue()).isEqualTo("macInUse");
    }

    @Test
    void saysWhatIsMissingWhenTimeIsUp() throws Exception {
        lab.switches.put(WEB_1, RestLab.pending(MAC, "bridge 00000000000000a1 is not connected"));
        Answer answer = client.put(PATH + "?wait=active&timeoutMs=1", EXACT);
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.json().at("/vnic/rxFilter/mac").textValue()).isEqualTo(MAC);
        assertThat(stored()).isPresent();
    }

    @Test
    void takesFiltersThatChurnWithoutWaitingForTheSwitch() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            answers.add(client.putAsync(PATH, "{\"mac\": \"" + MAC + "\", \"promiscuous\": " + (round % 2 == 0) + "}"));
        }
        for (CompletableFuture<Answer> answer : answers) {
            assertThat(answer.get().status()).isIn(200, 201);
        }
        client.put(PATH, EXACT);
        assertThat(stored().map(RxFilter::promiscuous)).contains(false);
        assertThat(lab.switches.asked(WEB_1)).isNotDone();
    }
}

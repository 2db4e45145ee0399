package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.announce.FakeAnnouncementDesk;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.controller.service.Hosts;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Holds the OpenAPI document to the server, and the server to the document. */
class ContractTest {
    private static final List<Object> JUNK = Arrays.asList(
            null,
            true,
            0,
            1,
            -1,
            7,
            100,
            4094,
            4095,
            1.5,
            4294967294L,
            4294967295L,
            1e300,
            "",
            "x",
            "tap0",
            "t\u00e4p0",
            "tap\t0",
            "blue",
            "no such id!",
            "a name that is too long for a port",
            "00000000000000a1",
            "0xA1",
            "00:00:00:00:00:00:00:A1",
            "52:54:00:00:00:01",
            "52:54-00:00:00:01",
            "525400aabbcc",
            "01:00:5e:00:00:01",
            "untagged",
            "access",
            "trunk",
            "accept",
            "explicitFailover",
            "100-199",
            "199-100",
            "192.0.2.1",
            "fe80::1",
            "firstFrame",
            new JsonArray(),
            new JsonArray().add("eth1"),
            new JsonArray().add("eth1").add("eth1"),
            new JsonArray().add(1),
            new JsonArray().add("1-5").add(7),
            new JsonArray().add("525400aabbcc"),
            new JsonArray().add("192.0.2.1").add(new JsonObject().put("ip", "fe80::1")),
            new JsonArray().add(new JsonObject().put("ip", "fe80::1").put("vlan", 4095)),
            new JsonArray().add(new JsonObject().put("ip", "fe80::1").put("vlan", "5")),
            new JsonArray().add(new JsonObject().put("vlan", 5)),
            new JsonArray().add("01005e000001"),
            new JsonObject(),
            new JsonObject().put("mode", "untagged"),
            new JsonObject().put("mode", "trunk"),
            new JsonObject().put("mode", "access").put("id", 4095));

    private final Document document;

    ContractTest() throws Exception {
        document = new Document();
    }

    @Test
    void isOpenApi() {
        assertThat(document.errors()).isEmpty();
        assertThat(document.json.getString("openapi")).isEqualTo("3.1.0");
    }

    @Test
    void isServed() throws Exception {
        try (RestLab lab = new RestLab(document)) {
            assertThat(new JsonObject(lab.client.get("/openapi.json").body())).isEqualTo(document.json);
        }
    }

    @Test
    void namesEveryCallAndNoOther() {
        Contract contract = Contract.load();
        Routes routes = new Routes(
                contract,
                new FakeTopologyService(),
                new FakeSwitches(() -> Topology.EMPTY),
                Hosts.NONE,
                new FakeAnnouncementDesk(),
                new EventLog(Clock.systemUTC()),
                new Metrics());
        assertThat(routes.calls())
                .containsExactlyInAnyOrderElementsOf(contract.operations().stream()
                        .map(Contract.Operation::id)
                        .toList());
    }

    @Test
    void namesEveryKindOfProblem() {
        assertThat(document.schema("Problem")
                        .getJsonObject("properties")
                        .getJsonObject("type")
                        .getJsonArray("enum"))
                .containsExactlyElementsOf(Arrays.stream(Problem.Kind.values())
                        .map(Problem.Kind::type)
                        .toList());
    }

    @Test
    void namesTheFieldsThatAreRead() throws Exception {
        try (RestLab lab = new RestLab(document)) {
            Map.of(
                            "PortGroup", "/port-groups/x",
                            "Bridge", "/bridges/00000000000000a1",
                            "Vnic", "/vnics/x",
                            "RxFilter", "/vnics/x/rx-filter")
                    .forEach((schema, path) -> assertThat(
                                    put(lab, path, "{\"?\": 0}").body())
                            .contains("only: "
                                    + String.join(
                                            ", ",
                                            document.schema(schema)
                                                    .getJsonObject("properties")
                                                    .fieldNames())));
        }
    }

    @Test
    void itsRequestExamplesAreAccepted() throws Exception {
        try (RestLab lab = new RestLab(document)) {
            lab.withVnic();
            lab.switches.put(RestLab.connected(BRIDGE));
            for (Document.Operation operation : document.operations()) {
                String path = operation
                        .path()
                        .replace("{name}", "blue")
                        .replace("{dpid}", "00000000000000a1")
                        .replace("{id}", "web-1");
                for (Object example : document.requestExamples(operation)) {
                    Answer answer = lab.client.send(
                            operation.method(), path, Json.encode(example), "Content-Type", "application/json");
                    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
                }
            }
        }
    }

    /** What the schema refuses, the server refuses; what the server refuses beyond that is not for a schema to say. */
    @Test
    void itsSchemasAreEnforcedFieldByField() throws Exception {
        try (RestLab lab = new RestLab(document)) {
            lab.withVnic();
            Map<String, JsonObject> good = new TreeMap<>();
            String policies = "\"notifySwitches\": false, \"security\": {\"promiscuousMode\": \"accept\","
                    + " \"macAddressChanges\": \"accept\", \"forgedTransmits\": \"reject\"},"
                    + " \"teaming\": {\"policy\": \"originatingPort\", \"active\": [\"eth1\"], \"standby\": [\"eth2\"],"
                    + " \"failback\": true, \"failbackDelayMs\": 5000}";
            JsonObject filter = new JsonObject("{\"mac\": \"52:54:00:00:00:01\", \"promiscuous\": true,"
                    + " \"allMulticast\": false, \"multicast\": [], \"unicast\": [], \"vlans\": [\"5\"]}");
            good.put(
                    "PortGroup /port-groups/x",
                    new JsonObject("{\"vlan\": {\"mode\": \"access\", \"id\": 100}, \"allowLinkLocalControl\": true, "
                                    + policies + "}")
                            .put("announce", new JsonObject(AnnouncePoliciesTest.EVERYTHING)));
            good.put(
                    "PortGroup /port-groups/y",
                    new JsonObject("{\"vlan\": {\"mode\": \"trunk\", \"ids\": [\"100-199\", 300]}}"));
            good.put(
                    "Bridge /bridges/00000000000000a2",
                    new JsonObject("{\"name\": \"b\", \"uplinks\": [\"eth1\"], " + policies + "}"));
            good.put(
                    "Vnic /vnics/x",
                    new JsonObject(vnic("tap0", "52:54:00:00:00:01"))
                            .put("security", new JsonObject().put("promiscuousMode", "accept"))
                            .put("allowedMacs", new JsonArray().add("00:00:5e:00:01:01"))
                            .put("addresses", new JsonArray().add("192.0.2.1"))
                            .put("multicastRouter", true)
                            .put("rxFilter", filter));
            good.put("RxFilter /vnics/web-1/rx-filter", filter);
            good.put(
                    "MigrationRequest /vnics/web-1/migration",
                    new JsonObject(
                            "{\"bridge\": \"00000000000000b2\", \"port\": \"tap5\", \"activateOn\": \"request\"}"));
            lab.switches.put(RestLab.connected(BRIDGE));
            lab.client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\"]}");
            good.put(
                    "TraceRequest /trace",
                    new JsonObject("{\"bridge\": \"00000000000000a1\", \"inPort\": \"tap0\", \"frame\": {\"ethSrc\":"
                            + " \"52:54:00:00:00:01\", \"ethDst\": \"ff:ff:ff:ff:ff:ff\", \"vlan\": 100,"
                            + " \"ethType\": 34525, \"ipProto\": 58, \"icmpv6Type\": 143}}"));
            List<String> differences = new ArrayList<>();
            for (Map.Entry<String, JsonObject> each : good.entrySet()) {
                String[] schemaAndPath = each.getKey().split(" ");
                for (JsonObject changed : mutants(each.getValue())) {
                    List<String> errors = document.errors("/components/schemas/" + schemaAndPath[0], changed);
                    Answer answer = schemaAndPath[0].endsWith("Request")
                            ? lab.client.post("/api/v1" + schemaAndPath[1], changed.encode())
                            : put(lab, schemaAndPath[1], changed.encode());
                    boolean accepted = answer.status() == 200 || answer.status() == 201;
                    boolean unreadable = answer.status() == 400;
                    if (accepted && !errors.isEmpty() || unreadable && errors.isEmpty()) {
                        differences.add(changed.encode() + ": " + errors + " but " + answer.body());
                    }
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    private static List<JsonObject> mutants(JsonObject good) {
        List<JsonObject> mutants = new ArrayList<>();
        for (String field : good.fieldNames()) {
            JsonObject without = good.copy();
            without.remove(field);
            mutants.add(without);
            JUNK.forEach(junk -> mutants.add(good.copy().put(field, junk)));
            if (good.getValue(field) instanceof JsonObject inner) {
                mutants(inner).forEach(mutant -> mutants.add(good.copy().put(field, mutant)));
            }
        }
        mutants.add(good.copy().put("color", "blue"));
        return mutants;
    }

    /** Every problem that the document shows comes out as it is shown. */
    @Test
    void itsProblemsAreProvoked() throws Exception {
        try (RestLab lab = new RestLab(document)) {
            RestClient client = lab.withVnic().client;
            lab.switches.put(RestLab.disconnected(DatapathId.parse("00000000000000b2")));
            lab.switches.put(
                    new VnicId("web-2"),
                    RestLab.pending("52:54:00:aa:bb:dd", "bridge 00000000000000a1 has no port tap7"));
            Map<String, Answer> answers = new TreeMap<>();
            answers.put(
                    "UnknownField",
                    put(lab, "/port-groups/red", "{\"vlan\": {\"mode\": \"untagged\"}, \"color\": \"red\"}"));
            answers.put("MissingFields", put(lab, "/vnics/x", "{\"port\": true, \"mac\": \"52:54:00:00:00:01\"}"));
            answers.put("BrokenJson", put(lab, "/port-groups/red", "{\n  \"vlan\": }"));
            answers.put(
                    "DuplicateKey",
                    put(lab, "/port-groups/red", "{\"vlan\": {\"mode\": \"untagged\", \"mode\": \"access\"}}"));
            answers.put("WrongParameter", client.get("/api/v1/vnics?limit=0"));
            answers.put("NoSuchVnic", client.get("/api/v1/vnics/web-9"));
            answers.put("OnlyXml", client.get("/api/v1/vnics/web-1", "Accept", "application/xml"));
            answers.put("NothingToGiveUp", client.delete("/api/v1/vnics/web-1/migration"));
            answers.put("NothingPrepared", client.post("/api/v1/vnics/web-1/migration/activate", ""));
            answers.put("NotAnnounced", client.post("/api/v1/vnics/web-1/announce", ""));
            answers.put("DuplicateMac", put(lab, "/vnics/web-2", vnic("tap1", "52:54:00:aa:bb:cc")));
            answers.put("PortGroupInUse", client.delete("/api/v1/port-groups/blue"));
            answers.put("NotConnected", client.post("/api/v1/bridges/00000000000000b2/resync", ""));
            answers.put("OtherRevision", client.put("/api/v1/port-groups/blue", BLUE, "If-Match", "\"7\""));
            answers.put("ExistsAlready", client.put("/api/v1/port-groups/blue", BLUE, "If-None-Match", "*"));
            answers.put("TwoMebibytes", put(lab, "/port-groups/red", " ".repeat(2 << 20)));
            answers.put(
                    "Form",
                    client.send(
                            "PUT",
                            "/api/v1/port-groups/red",
                            BLUE,
                            "Content-Type",
                            "application/x-www-form-urlencoded; charset=utf-8"));
            answers.put("MulticastMac", put(lab, "/vnics/web-2", vnic("tap1", "01:00:5e:00:00:01")));
            answers.put("Vlan4095", put(lab, "/port-groups/red", BLUE.replace("100", "4095")));
            answers.put(
                    "UnknownPortGroup",
                    put(lab, "/vnics/web-2", vnic("tap1", "52:54:00:aa:bb:dd").replace("blue", "green")));
            answers.put(
                    "InTransaction",
                    client.post(
                            "/api/v1/transactions",
                            "{\"operations\": [{\"op\": \"put\", \"path\": \"/port-groups/red\", \"value\": "
                                    + BLUE.replace("100", "0")
                                    + "}, {\"op\": \"put\", \"path\": \"/vnics/web-2\", \"value\": "
                                    + vnic("tap1", "52:54:00:aa:bb") + "}]}"));
            client.put("/api/v1/port-groups/blue", "{\"vlan\": {\"mode\": \"untagged\"}}");
            answers.put(
                    "NoSuchPort", put(lab, "/vnics/web-2?wait=active&timeoutMs=10", vnic("tap7", "52:54:00:aa:bb:dd")));
            put(lab, "/vnics/web-3", vnic("tap3", "52:54:00:aa:bb:ee").replace("a1", "b2"));
            lab.switches.put(new VnicId("web-1"), RestLab.active("52:54:00:aa:bb:cc", 7));
            lab.switches.put(
                    new VnicId("web-1"),
                    new MigrationStatus(MigrationStatus.State.PENDING, "bridge 00000000000000b2 is not connected"));
            String destination = "{\"bridge\": \"00000000000000b2\", \"port\": \"tap3\"}";
            answers.put("PortTaken", client.post("/api/v1/vnics/web-1/migration", destination));
            answers.put(
                    "NotPreparedInTime",
                    client.post(
                            "/api/v1/vnics/web-1/migration?wait=prepared&timeoutMs=10",
                            destination.replace("tap3", "tap0")));
            DatapathId marked = DatapathId.parse("00000000000000c3");
            UUID database = UUID.fromString("0e8f5a92-7d0b-4c2e-9f55-1b8f0f6a3d11");
            lab.service.change(new BridgePut(new Bridge(marked, "br0", List.of()).from(new Origin.Ovsdb(database))));
            lab.service.attach(new Vnic(
                    new VnicId("db-1"),
                    new Place(marked, new PortRef.ByName("tap0")),
                    MacAddress.parse("52:54:00:aa:bb:01"),
                    new PortGroupName("blue"),
                    Vnic.Source.OVSDB));
            answers.put("MarkedInOvsdb", put(lab, "/bridges/" + marked, "{}"));
            answers.put("BroughtByOvsdb", client.delete("/api/v1/vnics/db-1"));
            lab.service.failFromNowOn("the disk is full");
            answers.put("DiskFull", client.delete("/api/v1/vnics/web-1"));

            Map<String, JsonObject> shown = document.problemExamples();
            assertThat(answers.keySet()).isEqualTo(shown.keySet());
            assertThat(answers).allSatisfy((name, answer) -> {
                assertThat(answer.header("Content-Type")).contains("application/problem+json");
                assertThat(new JsonObject(answer.body())).as(name).isEqualTo(shown.get(name));
                assertThat(answer.status()).isEqualTo(shown.get(name).getInteger("status"));
            });
        }
    }

    private static Answer put(RestLab lab, String path, String json) {
        try {
            return lab.client.put("/api/v1" + path, json);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}

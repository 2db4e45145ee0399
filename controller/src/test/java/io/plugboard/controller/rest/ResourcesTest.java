package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BLUE;
import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourcesTest {
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

    @Test
    void createsReplacesAndRepeats() throws Exception {
        Answer created = client.put("/api/v1/port-groups/blue", BLUE);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).contains("/api/v1/port-groups/blue");
        assertThat(created.header("ETag")).contains("\"1\"");
        assertThat(created.json())
                .hasToString(
                        "{\"name\":\"blue\",\"vlan\":{\"mode\":\"access\",\"id\":100},\"security\":{},\"announce\":{},"
                                + "\"allowLinkLocalControl\":false,\"revision\":1}");

        Answer replaced = client.put("/api/v1/port-groups/blue", "{\"vlan\": {\"mode\": \"untagged\"}}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().at("/revision").asLong()).isEqualTo(2);

        Answer repeated = client.put("/api/v1/port-groups/blue", "{\"vlan\": {\"mode\": \"untagged\"}}");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.body()).isEqualTo(replaced.body());
        assertThat(client.get("/api/v1/port-groups/blue").body()).isEqualTo(replaced.body());
    }

    @Test
    void deletesOnce() throws Exception {
        lab.withVnic();
        Answer deleted = client.delete("/api/v1/vnics/web-1");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(client.delete("/api/v1/vnics/web-1").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/vnics/web-1").status()).isEqualTo(404);
    }

    @Test
    void takesAnyUsualSpellingAndGivesBackOne() throws Exception {
        client.put("/api/v1/port-groups/blue", BLUE);
        client.put("/api/v1/bridges/0x00000000000000A1", "{\"name\": \"rack-7\", \"uplinks\": [\"eth1\"]}");
        assertThat(client.get("/api/v1/bridges/00:00:00:00:00:00:00:a1")
                        .json()
                        .at("/dpid")
                        .asText())
                .isEqualTo("00000000000000a1");
        for (String mac : new String[] {"52:54:0:AA:bb:cc", "52-54-00-AA-BB-CC", "5254.00aa.bbcc", "525400aabbcc"}) {
            JsonNode vnic = client.put(
                            "/api/v1/vnics/web-1",
                            "{\"bridge\": \"00:00:00:00:00:00:00:A1\", \"port\": \"tap0\", \"portGroup\": \"blue\", \"mac\": \""
                                    + mac + "\"}")
                    .json();
            assertThat(vnic.at("/mac").asText()).isEqualTo("52:54:00:aa:bb:cc");
            assertThat(vnic.at("/bridge").asText()).isEqualTo("00000000000000a1");
        }
    }

    @Test
    void namesAPortByNameOrByUnsignedNumber() throws Exception {
        lab.withVnic();
        assertThat(client.get("/api/v1/vnics/web-1").json().at("/port").textValue())
                .isEqualTo("tap0");
        String local = vnic("tap0", "52:54:00:aa:bb:cc").replace("\"tap0\"", "4294967294");
        assertThat(client.put("/api/v1/vnics/web-1", local).json().at("/port").longValue())
                .isEqualTo(4294967294L);
    }

    @Test
    void showsStatusAndCountersOfAVnic() throws Exception {
        lab.withVnic();
        lab.switches.put(new VnicId("web-1"), RestLab.active("52:54:00:aa:bb:cc", 7));
        lab.switches.put(
                BRIDGE,
                CompletableFuture.completedStage(Map.of(new VnicId("web-1"), new VnicCounters(1, 2, 3, 4, 1000))));
        Answer got = client.get("/api/v1/vnics/web-1");
        assertThat(got.header("ETag")).contains("\"2\"");
        assertThat(got.json())
                .hasToString(
                        "{\"id\":\"web-1\",\"bridge\":\"00000000000000a1\",\"port\":\"tap0\","
                                + "\"mac\":\"52:54:00:aa:bb:cc\",\"portGroup\":\"blue\",\"security\":{},\"allowedMacs\":[],\"addresses\":[],"
                                + "\"multicastRouter\":false,\"slot\":0,\"source\":\"rest\",\"revision\":2,"
                                + "\"status\":{\"state\":\"active\",\"reason\":\"\",\"portNumber\":7,"
                                + "\"effectiveMac\":\"52:54:00:aa:bb:cc\",\"uplink\":\"eth1\",\"mirroring\":false,"
                                + "\"promiscuousDenied\":false,\"ignoredUnicast\":[],"
                                + "\"counters\":{\"txFrames\":1,\"txBytes\":2,\"rxFrames\":3,\"rxBytes\":4,\"spoofedDrops\":1000}}}");
    }

    @Test
    void takesBackWhatItGave() throws Exception {
        lab.withVnic();
        client.put("/api/v1/bridges/00000000000000a1", "{\"name\": \"rack-7\", \"uplinks\": [\"eth1\"]}");
        for (String path : new String[] {"/port-groups/blue", "/bridges/00000000000000a1", "/vnics/web-1"}) {
            Answer before = client.get("/api/v1" + path);
            Answer after = client.put("/api/v1" + path, before.body());
            assertThat(after.status()).as(after.body()).isEqualTo(200);
            assertThat(after.json()).isEqualTo(before.json());
        }
    }

    @Test
    void showsABridgeThatNobodyHasPut() throws Exception {
        lab.switches.put(RestLab.connected(BRIDGE));
        Answer seen = client.get("/api/v1/bridges/00000000000000a1");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.header("ETag")).isEmpty();
        ObjectNode bridge = (ObjectNode) seen.json();
        assertThat(bridge.get("managed").booleanValue()).isFalse();
        assertThat(bridge.has("revision")).isFalse();
        assertThat(bridge.get("status"))
                .hasToString("{\"state\":\"active\",\"address\":\"127.0.0.1:41234\",\"openFlowVersion\":\"1.3\","
                        + "\"role\":\"equal\",\"ports\":["
                        + "{\"number\":1,\"name\":\"eth1\",\"mac\":\"02:00:00:00:00:01\",\"linkUp\":true,\"use\":\"uplink\"},"
                        + "{\"number\":2,\"name\":\"tap0\",\"mac\":\"02:00:00:00:00:02\",\"linkUp\":true,\"use\":\"vnic\","
                        + "\"vnic\":\"web-1\"},"
                        + "{\"number\":3,\"name\":\"tap1\",\"mac\":\"02:00:00:00:00:03\",\"linkUp\":true,\"use\":\"unused\"}],"
                        + "\"flowsDesired\":42,\"flowsInstalled\":42,"
                        + "\"lastSync\":{\"durationMs\":3,\"flowsAdded\":1,\"flowsModified\":2,\"flowsDeleted\":3,"
                        + "\"groupsAdded\":4,\"groupsModified\":5,\"groupsDeleted\":6},\"problems\":[]}");
        assertThat(client.delete("/api/v1/bridges/00000000000000a1").status()).isEqualTo(404);
    }

    @Test
    void showsABridgeThatWasPutAndNeverSeen() throws Exception {
        client.put("/api/v1/bridges/00000000000000a1", "{}");
        JsonNode bridge = client.get("/api/v1/bridges/00000000000000a1").json();
        assertThat(bridge.at("/managed").booleanValue()).isTrue();
        assertThat(bridge.at("/status/state").textValue()).isEqualTo("disconnected");
    }

    @Test
    void changesOnlyTheRevisionThatIsMeant() throws Exception {
        client.put("/api/v1/port-groups/blue", BLUE);
        String untagged = "{\"vlan\": {\"mode\": \"untagged\"}}";
        String path = "/api/v1/port-groups/blue";
        assertThat(client.put(path, untagged, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(client.put(path, untagged, "If-Match", "W/\"1\"").status()).isEqualTo(412);
        assertThat(client.delete(path, "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(client.put(path, untagged, "If-Match", "\"7\", \"1\"").status())
                .isEqualTo(200);
        assertThat(client.put(path, untagged, "If-Match", "*").status()).isEqualTo(200);
        assertThat(client.delete(path, "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(client.put(path, untagged, "If-Match", "*").status()).isEqualTo(412);
    }

    @Test
    void createsOnlyWhatIsNotThere() throws Exception {
        String path = "/api/v1/port-groups/blue";
        assertThat(client.put(path, BLUE, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(client.put(path, BLUE, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(client.put(path, BLUE, "If-None-Match", "W/\"1\"").status()).isEqualTo(412);
        assertThat(client.put(path, BLUE, "If-None-Match", "\"7\"").status()).isEqualTo(200);
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
        Answer put = client.put("/api/v1/vnics/db-1", vnic("tap9", "52:54:00:00:00:10"));
        assertThat(put.status()).isEqualTo(409);
        assertThat(put.json().at("/detail").asText())
                .isEqualTo("vNIC 'db-1' was brought by ovsdb, which alone may change it");
        assertThat(client.delete("/api/v1/vnics/db-1").status()).isEqualTo(409);
        assertThat(client.get("/api/v1/vnics/db-1").json().at("/source").asText())
                .isEqualTo("ovsdb");
    }

    /** It may never come back. */
    @Test
    void takesOutWhatAHostHasBroughtThatIsAway() throws Exception {
        lab.withVnic();
        lab.service.change(new TopologyChange.BridgePut(
                new Bridge(BRIDGE, "br0", List.of()).from(new Origin.Ovsdb(new UUID(1, 1)))));
        lab.service.attach(new Vnic(
                new VnicId("db-1"),
                new Place(BRIDGE, new PortRef.ByName("tap9")),
                MacAddress.parse("52:54:00:00:00:09"),
                new PortGroupName("blue"),
                Vnic.Source.OVSDB));
        client.delete("/api/v1/vnics/web-1");
        assertThat(client.delete("/api/v1/bridges/" + BRIDGE).status()).isEqualTo(409);

        lab.hosts.lose(BRIDGE);

        assertThat(client.put("/api/v1/vnics/db-1", vnic("tap9", "52:54:00:00:00:10"))
                        .status())
                .isEqualTo(409);
        assertThat(client.delete("/api/v1/vnics/db-1/rx-filter").status()).isEqualTo(409);
        assertThat(client.delete("/api/v1/vnics/db-1").status()).isEqualTo(204);
        assertThat(client.delete("/api/v1/bridges/" + BRIDGE).status()).isEqualTo(204);
    }

    @Test
    void deletedBridgeThatAHostMarksIsThatHosts() throws Exception {
        lab.withVnic();
        client.put("/api/v1/bridges/" + BRIDGE, "{}");
        Bridge itsOwn = new Bridge(BRIDGE, "br-int", List.of("eth7")).from(new Origin.Ovsdb(new UUID(1, 1)));
        assertThat(client.delete("/api/v1/bridges/" + BRIDGE).status()).isEqualTo(409);
        lab.hosts.mark(itsOwn);

        assertThat(client.delete("/api/v1/bridges/" + BRIDGE).status()).isEqualTo(204);

        assertThat(lab.service.topology().bridge(BRIDGE).orElseThrow().bridge()).isEqualTo(itsOwn);
        assertThat(client.get("/api/v1/vnics/web-1").status()).isEqualTo(200);
        assertThat(client.delete("/api/v1/bridges/" + BRIDGE).status()).isEqualTo(409);
    }

    @Test
    void answersHeadAsGetWithoutABody() throws Exception {
        lab.withVnic();
        Answer head = client.send("HEAD", "/api/v1/vnics/web-1", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).contains("\"2\"");
        assertThat(head.body()).isEmpty();
    }
}

package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What port groups, bridges and vNICs say beside where things are. */
class PoliciesTest {
    private static final String TRUNK = "/api/v1/port-groups/trunk";
    private static final String BRIDGE = "/api/v1/bridges/00000000000000a1";
    private static final String WEB_1 = "/api/v1/vnics/web-1";

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

    /** web-1 with more fields. */
    private static String web1(String more) {
        return vnic("tap0", "52:54:00:aa:bb:cc").replace("}", ", " + more + "}");
    }

    private static List<String> errors(Answer answer) {
        List<String> errors = new ArrayList<>();
        answer.json()
                .get("errors")
                .forEach(error -> errors.add(error.path("pointer").asText() + ": "
                        + error.get("detail").textValue()));
        return errors;
    }

    private static Answer accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    @Test
    void takesTheVlansOfATrunkInAnyOrderAndGivesThemBackAscending() throws Exception {
        JsonNode trunk = accepted(client.put(
                        TRUNK, "{\"vlan\": {\"mode\": \"trunk\", \"ids\": [\"300\", 0, \"150-199\", \"100-149\"]}}"))
                .json();
        assertThat(trunk.get("vlan")).hasToString("{\"mode\":\"trunk\",\"ids\":[\"0\",\"100-199\",\"300\"]}");
    }

    @Test
    void namesEveryVlanOfATrunkThatCannotBe() throws Exception {
        Answer answer =
                client.put(TRUNK, "{\"vlan\": {\"mode\": \"trunk\", \"ids\": [\"100-99\", \"x\", 4095, \"5\", true]}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errors(answer))
                .containsExactly(
                        "/vlan/ids/0: a range of VLANs goes up, not from 100 to 99",
                        "/vlan/ids/1: 'x' is not a VLAN id or a range such as 100-199",
                        "/vlan/ids/2: a VLAN id is 0 (untagged) to 4094, not 4095",
                        "/vlan/ids/4: must be a VLAN id or a range such as '100-199', not true");
        assertThat(errors(client.put(TRUNK, "{\"vlan\": {\"mode\": \"trunk\", \"ids\": []}}")))
                .containsExactly("/vlan/ids: a set of VLANs has at least one");
        assertThat(errors(client.put(TRUNK, "{\"vlan\": {\"mode\": \"trunk\", \"id\": 5}}")))
                .containsExactly(
                        "/vlan/ids: 'ids' is missing", "/vlan/id: there is no field 'id' here, only: mode, ids");
    }

    @Test
    void givesBackThePoliciesThatWereGivenAndNoOthers() throws Exception {
        String policies = "\"security\": {\"forgedTransmits\": \"accept\"}, \"notifySwitches\": false,"
                + " \"teaming\": {\"policy\": \"explicitFailover\", \"active\": [\"eth2\", \"eth1\"]}";
        JsonNode portGroup = accepted(client.put(
                        TRUNK,
                        "{\"vlan\": {\"mode\": \"untagged\"}, \"allowLinkLocalControl\": true, " + policies + "}"))
                .json();
        JsonNode bridge = accepted(client.put(BRIDGE, "{\"uplinks\": [\"eth1\"], " + policies + "}"))
                .json();
        for (JsonNode each : List.of(portGroup, bridge)) {
            assertThat(each.get("security")).hasToString("{\"forgedTransmits\":\"accept\"}");
            assertThat(each.get("notifySwitches").booleanValue()).isFalse();
            assertThat(each.get("teaming"))
                    .hasToString("{\"policy\":\"explicitFailover\",\"active\":[\"eth2\",\"eth1\"],\"standby\":[],"
                            + "\"failback\":true,\"failbackDelayMs\":10000}");
        }
        assertThat(portGroup.get("allowLinkLocalControl").booleanValue()).isTrue();
        assertThat(accepted(client.put(TRUNK, portGroup.toString())).json()).isEqualTo(portGroup);
        assertThat(accepted(client.put(BRIDGE, bridge.toString())).json()).isEqualTo(bridge);

        JsonNode inheriting = accepted(client.put(TRUNK, "{\"vlan\": {\"mode\": \"untagged\"}}"))
                .json();
        assertThat(inheriting.get("security")).isEmpty();
        assertThat(inheriting.has("teaming")).isFalse();
        assertThat(inheriting.has("notifySwitches")).isFalse();
    }

    @Test
    void namesEverythingThatIsWrongWithPolicies() throws Exception {
        Answer answer = client.put(
                BRIDGE,
                "{\"security\": {\"promiscuousMode\": \"yes\", \"macAddressChanges\": true, \"forged\": \"accept\"},"
                        + " \"teaming\": {\"policy\": \"ipHash\", \"active\": [\"\"], \"failback\": 1,"
                        + " \"failbackDelayMs\": 86400001}, \"notifySwitches\": \"no\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errors(answer))
                .containsExactly(
                        "/security/promiscuousMode: a setting is 'accept' or 'reject', not 'yes'",
                        "/security/macAddressChanges: must be a string, not true",
                        "/security/forged: there is no field 'forged' here, only: promiscuousMode, macAddressChanges,"
                                + " forgedTransmits",
                        "/teaming/policy: a teaming policy is 'explicitFailover' or 'originatingPort', not 'ipHash'",
                        "/teaming/active/0: a port name has 1 to 15 characters of printable ASCII, not ''",
                        "/teaming/failback: must be true or false, not 1",
                        "/teaming/failbackDelayMs: a failback delay is 0 to 86400000 ms, not 86400001",
                        "/notifySwitches: must be true or false, not 'no'");
        assertThat(errors(client.put(BRIDGE, "{\"teaming\": {\"active\": [\"eth1\"], \"standby\": [\"eth1\"]}}")))
                .containsExactly("/teaming: uplink 'eth1' is named twice");
    }

    @Test
    void givesBackWhatAVnicIsAllowed() throws Exception {
        JsonNode vnic = accepted(client.put(
                        WEB_1,
                        web1("\"security\": {\"promiscuousMode\": \"accept\"}, \"multicastRouter\": true,"
                                + " \"allowedMacs\": [\"00005e00010b\", \"00:00:5E:00:01:0A\", \"0000.5e00.010a\"]")))
                .json();
        assertThat(vnic.get("security")).hasToString("{\"promiscuousMode\":\"accept\"}");
        assertThat(vnic.get("allowedMacs")).hasToString("[\"00:00:5e:00:01:0a\",\"00:00:5e:00:01:0b\"]");
        assertThat(vnic.get("multicastRouter").booleanValue()).isTrue();
        assertThat(accepted(client.put(WEB_1, vnic.toString())).json()).isEqualTo(vnic);
    }

    @Test
    void refusesAllowedMacsThatCannotBeShared() throws Exception {
        client.put("/api/v1/vnics/web-2", vnic("tap1", "52:54:00:aa:bb:dd"));
        Answer owned = client.put(WEB_1, web1("\"allowedMacs\": [\"52:54:00:aa:bb:dd\"]"));
        assertThat(owned.status()).isEqualTo(409);
        assertThat(errors(owned))
                .containsExactly("/allowedMacs: 52:54:00:aa:bb:dd is the MAC of vNIC 'web-2' on bridge"
                        + " 00000000000000a1 and cannot be shared");
        Answer group = client.put(WEB_1, web1("\"allowedMacs\": [\"52:54:00:00:00:01\", \"01:00:5e:00:00:01\"]"));
        assertThat(errors(group))
                .containsExactly("/allowedMacs/1: 01:00:5e:00:00:01 is a group address (its multicast bit is set):"
                        + " no network card can own it");
        List<String> many = new ArrayList<>();
        for (int each = 0; each < 17; each++) {
            many.add(String.format("\"02:00:00:00:00:%02x\"", each));
        }
        assertThat(errors(client.put(WEB_1, web1("\"allowedMacs\": " + many))))
                .containsExactly("/allowedMacs: a vNIC has at most 16 allowed MACs, not 17");
    }

    @Test
    void showsWhyAVnicIsBlockedAndFindsIt() throws Exception {
        client.put("/api/v1/vnics/web-2", vnic("tap1", "52:54:00:aa:bb:dd"));
        lab.switches.put(
                new VnicId("web-1"),
                new VnicStatus(
                        VnicStatus.State.BLOCKED,
                        "macAddressChanged",
                        OptionalInt.of(7),
                        MacAddress.parse("52:54:00:00:00:99"),
                        Optional.of("eth1"),
                        false,
                        true,
                        Set.of(MacAddress.parse("02:00:00:00:00:01"))));
        assertThat(client.get(WEB_1).json().get("status"))
                .hasToString("{\"state\":\"blocked\",\"reason\":\"macAddressChanged\",\"portNumber\":7,"
                        + "\"effectiveMac\":\"52:54:00:00:00:99\",\"uplink\":\"eth1\",\"mirroring\":false,"
                        + "\"promiscuousDenied\":true,\"ignoredUnicast\":[\"02:00:00:00:00:01\"]}");
        JsonNode blocked = client.get("/api/v1/vnics?state=blocked").json().get("items");
        assertThat(blocked).hasSize(1);
        assertThat(blocked.at("/0/id").textValue()).isEqualTo("web-1");
    }
}

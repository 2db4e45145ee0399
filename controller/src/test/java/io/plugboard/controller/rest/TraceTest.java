package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.BRIDGE;
import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who would get a frame, and why. */
class TraceTest {
    private static final String WEB_1 = "52:54:00:aa:bb:cc";
    private static final String WEB_2 = "52:54:00:aa:bb:dd";

    private RestLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = new RestLab().withVnic();
        lab.switches.put(RestLab.connected(BRIDGE));
        lab.client.put("/api/v1/vnics/web-2", vnic("tap1", WEB_2));
        lab.client.put("/api/v1/bridges/00000000000000a1", "{\"uplinks\": [\"eth1\"]}");
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    private Answer trace(String inPort, String source, String destination, String more) throws Exception {
        return lab.client.post(
                "/api/v1/trace",
                "{\"bridge\": \"00000000000000a1\", \"inPort\": " + inPort + ", \"frame\": {\"ethSrc\": \"" + source
                        + "\", \"ethDst\": \"" + destination + "\"" + more + "}}");
    }

    private static List<String> errors(Answer answer) {
        List<String> errors = new ArrayList<>();
        answer.json()
                .get("errors")
                .forEach(error -> errors.add(error.path("pointer").asText() + ": "
                        + error.get("detail").textValue()));
        return errors;
    }

    private static String last(Answer answer) {
        JsonNode path = answer.json().get("path");
        return path.get(path.size() - 1).get("why").textValue();
    }

    @Test
    void namesWhoGetsACopyAndWithWhichTag() throws Exception {
        Answer answer = trace("\"tap0\"", WEB_1, "ff:ff:ff:ff:ff:ff", ", \"ethType\": \"0x0806\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("deliveries"))
                .hasSize(2)
                .anySatisfy(
                        copy -> assertThat(copy).hasToString("{\"port\":\"tap1\",\"portNumber\":3,\"vnic\":\"web-2\"}"))
                .anySatisfy(copy -> assertThat(copy).hasToString("{\"port\":\"eth1\",\"portNumber\":1,\"vlan\":100}"));
    }

    @Test
    void saysOfEachTableWhichFlowItWasAndWhy() throws Exception {
        JsonNode path = trace("2", WEB_1, WEB_2, "").json().get("path");
        assertThat(path.at("/0/table").intValue()).isZero();
        assertThat(path.at("/0/tableName").textValue()).isEqualTo("PORT");
        assertThat(path.at("/0/owner").textValue()).isEqualTo("vNIC web-1");
        assertThat(path.at("/0/flow").textValue()).contains("cookie=0x", "table=0", "in_port=2", "actions=");
        assertThat(path.at("/0/why").textValue()).isEqualTo("an untagged frame of vNIC web-1 belongs to its segment");
        assertThat(path)
                .anySatisfy(step ->
                        assertThat(step.get("why").textValue()).isEqualTo("the destination is vNIC web-2's own MAC"));
    }

    @Test
    void saysWhomAForgedSourceWouldHaveToBe() throws Exception {
        Answer answer = trace("\"tap0\"", WEB_2, WEB_1, "");
        assertThat(answer.json().get("deliveries")).isEmpty();
        assertThat(last(answer)).isEqualTo("dropped: forged source: vNIC web-1 may only send as 52:54:00:aa:bb:cc");
    }

    @Test
    void takesTaggedFramesOfUplinksAndNamesThem() throws Exception {
        Answer answer = trace("\"eth1\"", "52:54:00:00:00:99", WEB_2, ", \"vlan\": 100, \"ipProto\": 17");
        assertThat(answer.json().get("deliveries"))
                .hasToString("[{\"port\":\"tap1\",\"portNumber\":3,\"vnic\":\"web-2\"}]");
        assertThat(answer.json().at("/path/0/why").textValue()).contains("uplink eth1");
        assertThat(trace("\"eth1\"", "52:54:00:00:00:99", WEB_2, "").json().get("deliveries"))
                .isEmpty();
    }

    @Test
    void sendsMembershipReportsToTheUplinkAlone() throws Exception {
        for (String report :
                new String[] {", \"ipProto\": 2", ", \"ethType\": 34525, \"ipProto\": 58, \"icmpv6Type\": 143"}) {
            JsonNode copies =
                    trace("\"tap0\"", WEB_1, "33:33:00:00:00:16", report).json().get("deliveries");
            assertThat(copies).hasSize(1);
            assertThat(copies.at("/0/port").textValue()).isEqualTo("eth1");
        }
    }

    @Test
    void namesEverythingThatIsWrong() throws Exception {
        Answer answer = lab.client.post(
                "/api/v1/trace",
                "{\"bridge\": \"a1\", \"inPort\": true, \"port\": 1, \"frame\": {\"ethSrc\": \"x\", \"vlan\": 4096,"
                        + " \"ethType\": \"arp\", \"ipProto\": 256}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errors(answer))
                .containsExactly(
                        "/bridge: 'a1' is not a datapath id: 16 hex digits such as 00000000000000a1",
                        "/inPort: must be a port's name or its number, not true",
                        "/frame/ethSrc: 'x' is not a MAC address such as 52:54:00:aa:bb:cc",
                        "/frame/ethDst: 'ethDst' is missing",
                        "/frame/vlan: the id of a tag is 0 to 4095, not 4096",
                        "/frame/ethType: 'arp' is not an EtherType such as 0x0806",
                        "/frame/ipProto: an IP protocol is 0 to 255, not 256",
                        "/port: there is no field 'port' here, only: bridge, inPort, frame");
        assertThat(errors(trace("2", WEB_1, WEB_2, ", \"ethType\": \"0x8100\"")))
                .containsExactly("/frame/ethType: an EtherType is 0 to 0xffff, and not a tag's: not 0x8100");
        assertThat(errors(trace("2", WEB_1, WEB_2, ", \"ethType\": 2054, \"ipProto\": 2, \"icmpv6Type\": 1")))
                .containsExactly(
                        "/frame/ipProto: only IPv4 (0x0800) and IPv6 (0x86dd) have an IP protocol",
                        "/frame/icmpv6Type: only IPv6 (0x86dd) with ipProto 58 has an ICMPv6 type");
    }

    @Test
    void saysThatTheBridgeOrThePortIsUnknown() throws Exception {
        Answer noPort = trace("\"tap9\"", WEB_1, WEB_2, "");
        assertThat(noPort.status()).isEqualTo(422);
        assertThat(errors(noPort)).containsExactly("/inPort: bridge 00000000000000a1 has no port tap9");
        String other = "{\"bridge\": \"00000000000000b2\", \"inPort\": 1, \"frame\": {\"ethSrc\": \"" + WEB_1
                + "\", \"ethDst\": \"" + WEB_2 + "\"}}";
        Answer noBridge = lab.client.post("/api/v1/trace", other);
        assertThat(noBridge.status()).isEqualTo(422);
        assertThat(errors(noBridge)).containsExactly("/bridge: there is no bridge 00000000000000b2");

        DatapathId stranger = DatapathId.parse("00000000000000b2");
        lab.switches.put(RestLab.connected(stranger));
        Answer notPut = lab.client.post("/api/v1/trace", other);
        assertThat(notPut.status()).isEqualTo(409);
        assertThat(errors(notPut))
                .containsExactly("/bridge: nobody has put bridge 00000000000000b2: it is read, not programmed");
        lab.client.put("/api/v1/bridges/00000000000000b2", "{}");
        lab.switches.put(RestLab.disconnected(stranger));
        Answer notSeen = lab.client.post("/api/v1/trace", other);
        assertThat(notSeen.status()).isEqualTo(409);
        assertThat(errors(notSeen))
                .containsExactly("/bridge: bridge 00000000000000b2 is not connected, and nobody knows its ports yet");
    }
}

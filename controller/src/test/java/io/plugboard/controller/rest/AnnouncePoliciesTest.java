package io.plugboard.controller.rest;

import static io.plugboard.controller.rest.RestLab.vnic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.PortGroupName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How port groups say that vNICs are announced, and vNICs with which addresses. */
class AnnouncePoliciesTest {
    static final String EVERYTHING = "{\"rounds\":3,\"initialMs\":10,\"stepMs\":20,\"maxMs\":30,\"queries\":1,"
            + "\"querySpacingMs\":500,\"igmpVersion\":2,\"igmpQuerySource\":\"192.0.2.1\",\"mldVersion\":1,"
            + "\"mldQuerySource\":\"fe80::1\",\"maxResponseMs\":200,\"robustness\":3,\"queryIntervalMs\":60000,"
            + "\"reportKnownGroups\":false}";
    private static final String BLUE = "/api/v1/port-groups/blue";
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

    private Answer putAnnounce(String announce) throws Exception {
        return client.put(BLUE, "{\"vlan\": {\"mode\": \"access\", \"id\": 100}, \"announce\": " + announce + "}");
    }

    private Answer putAddresses(String addresses) throws Exception {
        return client.put(WEB_1, vnic("tap0", "52:54:00:aa:bb:cc").replace("}", ", \"addresses\": " + addresses + "}"));
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
    void givesBackEverySettingThatWasGivenAndNoOther() throws Exception {
        Answer everything = putAnnounce(EVERYTHING);
        assertThat(everything.json().get("announce")).hasToString(EVERYTHING);
        assertThat(client.put(BLUE, everything.body()).json()).isEqualTo(everything.json());
        assertThat(putAnnounce("{\"rounds\": 1}").json().get("announce")).hasToString("{\"rounds\":1}");
        assertThat(client.put(BLUE, RestLab.BLUE).json().get("announce")).isEmpty();
    }

    @Test
    void storesTimesAsTheyAreGiven() throws Exception {
        putAnnounce(EVERYTHING);
        AnnouncePolicy stored = lab.service
                .topology()
                .portGroup(new PortGroupName("blue"))
                .orElseThrow()
                .portGroup()
                .announce();
        assertThat(stored.initial()).contains(Duration.ofMillis(10));
        assertThat(stored.queryInterval()).contains(Duration.ofSeconds(60));
        assertThat(stored.settings().maxResponse()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void namesEverySettingThatCannotBe() throws Exception {
        Answer unreadable =
                putAnnounce("{\"rounds\": \"5\", \"initialMs\": 1.5, \"reportKnownGroups\": 1, \"pace\": 7}");
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(errors(unreadable))
                .containsExactly(
                        "/announce/rounds: must be an integer, not '5'",
                        "/announce/initialMs: must be an integer, not 1.5",
                        "/announce/reportKnownGroups: must be true or false, not 1",
                        "/announce/pace: there is no field 'pace' here, only: rounds, initialMs, stepMs, maxMs, queries,"
                                + " querySpacingMs, igmpVersion, igmpQuerySource, mldVersion, mldQuerySource,"
                                + " maxResponseMs, robustness, queryIntervalMs, reportKnownGroups");
        Answer wrong = putAnnounce(
                "{\"rounds\": 0, \"stepMs\": 10001, \"igmpVersion\": 1, \"igmpQuerySource\": \"224.0.0.1\","
                        + " \"mldQuerySource\": \"2001:db8::1\", \"maxResponseMs\": 99, \"queryIntervalMs\": 31744001}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(errors(wrong))
                .containsExactly(
                        "/announce/rounds: rounds is 1 to 100, not 0",
                        "/announce/stepMs: stepMs is 0 to 10000 ms, not 10001 ms",
                        "/announce/igmpVersion: igmpVersion is 2 or 3, not 1",
                        "/announce/igmpQuerySource: igmpQuerySource is 0.0.0.0 or an address of one network card, not"
                                + " 224.0.0.1",
                        "/announce/mldQuerySource: mldQuerySource is a link-local address (fe80::/10), not 2001:db8::1",
                        "/announce/maxResponseMs: maxResponseMs is 100 to 25500 ms, not 99 ms",
                        "/announce/queryIntervalMs: queryIntervalMs is 1000 to 31744000 ms, not 31744001 ms");
    }

    @Test
    void givesAddressesBackInOrderAndInTheirShortForm() throws Exception {
        Answer answer =
                putAddresses("[{\"ip\": \"2001:DB8::0:1\", \"vlan\": 100}, \"192.0.2.20\", {\"ip\": \"192.0.2.3\"},"
                        + " \"192.0.2.20\", {\"ip\": \"192.0.2.20\", \"vlan\": 0}]");
        JsonNode vnic = answer.json();
        assertThat(vnic.get("addresses"))
                .hasToString("[\"192.0.2.3\",\"192.0.2.20\",{\"ip\":\"192.0.2.20\",\"vlan\":0},"
                        + "{\"ip\":\"2001:db8::1\",\"vlan\":100}]");
        assertThat(client.put(WEB_1, vnic.toString()).json()).isEqualTo(vnic);
        assertThat(client.put(WEB_1, vnic("tap0", "52:54:00:aa:bb:cc")).json().get("addresses"))
                .isEmpty();
    }

    @Test
    void namesEveryAddressThatCannotBe() throws Exception {
        Answer unreadable =
                putAddresses("[7, {\"vlan\": 100}, {\"ip\": \"192.0.2.1\", \"vid\": 100}, \"192.0.2.999\"]");
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(errors(unreadable))
                .containsExactly(
                        "/addresses/0: must be an IP address or an object with 'ip' and 'vlan', not 7",
                        "/addresses/1/ip: 'ip' is missing",
                        "/addresses/2/vid: there is no field 'vid' here, only: ip, vlan",
                        "/addresses/3: '192.0.2.999' is not an IP address such as 192.0.2.1 or 2001:db8::1");
        Answer wrong = putAddresses("[\"224.0.0.1\", {\"ip\": \"192.0.2.1\", \"vlan\": 4095}]");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(errors(wrong))
                .containsExactly(
                        "/addresses/0: 224.0.0.1 is no address of a network card: it is unspecified, loopback,"
                                + " broadcast or multicast, or never on the wire",
                        "/addresses/1/vlan: a VLAN id is 0 (untagged) to 4094, not 4095");
        List<String> many = new ArrayList<>();
        for (int each = 1; each <= 65; each++) {
            many.add("\"192.0.2." + each + "\"");
        }
        assertThat(errors(putAddresses(many.toString())))
                .containsExactly("/addresses: a vNIC has at most 64 addresses, not 65");
    }
}

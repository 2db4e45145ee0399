package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.controller.announce.AnnouncementRecord;
import io.plugboard.controller.announce.AnnouncementRecord.Answer;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was sent to tell where vNICs are, and asking for it. */
class AnnouncementsTest {
    private static final Instant TIME = Instant.parse("2025-06-01T12:00:00.050Z");
    private static final VnicId WEB_1 = new VnicId("web-1");
    private static final VnicId WEB_2 = new VnicId("web-2");

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

    private void sent(VnicId vnic, Occasion occasion, AnnouncementKind kind, int round, Optional<Answer> answer) {
        lab.desk.sent(number -> new AnnouncementRecord(
                number,
                TIME,
                vnic,
                occasion,
                kind,
                RestLab.BRIDGE,
                kind.isQuery() ? "tap0" : "eth1",
                new VlanId(100),
                round,
                Octets.parse("ffffffffffff525400aabbcc8035"),
                answer));
    }

    private JsonNode items(String query) throws Exception {
        return client.get("/api/v1/announcements" + query).json().get("items");
    }

    @Test
    void listsWhatWasSentTheNewestLast() throws Exception {
        assertThat(items("")).isEmpty();
        sent(WEB_1, Occasion.MIGRATION, AnnouncementKind.RARP, 1, Optional.empty());
        sent(
                WEB_1,
                Occasion.MIGRATION,
                AnnouncementKind.IGMP_QUERY,
                2,
                Optional.of(new Answer(
                        Duration.ofMillis(12),
                        new TreeSet<>(Set.of(IpAddress.parse("239.1.1.20"), IpAddress.parse("239.1.1.3"))))));
        JsonNode items = items("");
        assertThat(items).hasSize(2);
        assertThat(items.get(0))
                .hasToString("{\"time\":\"2025-06-01T12:00:00.050Z\",\"vnic\":\"web-1\",\"kind\":\"rarp\","
                        + "\"bridge\":\"00000000000000a1\",\"port\":\"eth1\",\"vlan\":100,\"round\":1,"
                        + "\"frame\":\"ffffffffffff525400aabbcc8035\",\"occasion\":\"migration\"}");
        assertThat(items.at("/1/kind").textValue()).isEqualTo("igmpQuery");
        assertThat(items.at("/1/answeredAfterMs").asInt()).isEqualTo(12);
        assertThat(items.at("/1/groups")).hasToString("[\"239.1.1.3\",\"239.1.1.20\"]");
    }

    @Test
    void hasAWordForEveryKindAndEveryOccasion() throws Exception {
        for (AnnouncementKind kind : AnnouncementKind.values()) {
            sent(WEB_1, Occasion.ASKED, kind, 1, Optional.empty());
        }
        for (Occasion occasion : Occasion.values()) {
            sent(WEB_1, occasion, AnnouncementKind.RARP, 1, Optional.empty());
        }
        List<String> occasions = new ArrayList<>();
        items("?limit=" + Occasion.values().length)
                .forEach(item -> occasions.add(item.get("occasion").textValue()));
        assertThat(occasions).containsExactly("firstAttach", "migration", "rePin", "macChange", "asked");
    }

    @Test
    void listsTheNewestOfOneVnic() throws Exception {
        for (int round = 1; round <= 3; round++) {
            sent(WEB_1, Occasion.MIGRATION, AnnouncementKind.RARP, round, Optional.empty());
            sent(WEB_2, Occasion.FIRST_ATTACH, AnnouncementKind.RARP, round, Optional.empty());
        }
        JsonNode items = items("?vnic=web-1&limit=2");
        assertThat(items).hasSize(2);
        assertThat(items.at("/0/vnic").textValue()).isEqualTo("web-1");
        assertThat(items.at("/0/round").asInt()).isEqualTo(2);
        assertThat(items.at("/1/round").asInt()).isEqualTo(3);
        assertThat(items("?vnic=web-2")).as("it need not exist").hasSize(3);
        assertThat(client.get("/api/v1/announcements?kind=rarp").status()).isEqualTo(400);
        assertThat(client.get("/api/v1/announcements?limit=0").status()).isEqualTo(400);
    }

    @Test
    void announcesAVnicOnRequest() throws Exception {
        lab.desk.plan(WEB_1, 7);
        RestClient.Answer answer = client.post("/api/v1/vnics/web-1/announce", "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json()).hasToString("{\"frames\":7}");
    }

    @Test
    void saysWhyAVnicIsNotAnnounced() throws Exception {
        RestClient.Answer answer = client.post("/api/v1/vnics/web-1/announce", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().at("/detail").textValue())
                .isEqualTo("vNIC 'web-1' is not active: bridge 00000000000000a1 is not connected");
        lab.desk.plan(WEB_2, 7);
        RestClient.Answer unknown = client.post("/api/v1/vnics/web-2/announce", "");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().at("/detail").textValue()).isEqualTo("there is no vNIC 'web-2'");
    }

    @Test
    void answersWithNothingButJsonWhenItAnnounces() throws Exception {
        lab.desk.plan(WEB_1, 7);
        assertThat(client.send("POST", "/api/v1/vnics/web-1/announce", "", "Accept", "text/html")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void givesWhatWasSentAsAFileForWireshark() throws Exception {
        sent(WEB_1, Occasion.MIGRATION, AnnouncementKind.RARP, 1, Optional.empty());
        HttpResponse<byte[]> file = client.file("/api/v1/captures/emitted.pcapng");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).contains("application/x-pcapng");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"emitted.pcapng\"");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        lab.desk.log().writeTo(written);
        assertThat(file.body()).startsWith(0x0a, 0x0d, 0x0d, 0x0a).isEqualTo(written.toByteArray());
        assertThat(client.get("/api/v1/captures/emitted.pcapng?vnic=web-1").status())
                .isEqualTo(400);
    }
}

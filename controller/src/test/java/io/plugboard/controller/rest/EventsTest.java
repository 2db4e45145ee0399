package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.observe.BridgeChange;
import io.plugboard.controller.observe.BridgeHealth;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.rest.EventReader.Sent;
import io.plugboard.controller.service.ChangeEvents;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsTest {
    private static final String EVENTS = "/api/v1/events";

    private static EventReader open(RestLab lab, String query, String... headers) throws Exception {
        return EventReader.open(lab.server.port(), EVENTS + query, headers);
    }

    private static void put(RestLab lab, String subject) {
        lab.events.publish("put", subject, new ChangeEvents.Edited("test", 1));
    }

    private static List<String> subjects(EventReader reader, int count) throws IOException {
        List<String> subjects = new ArrayList<>();
        for (int read = 0; read < count; read++) {
            subjects.add(reader.next().data().get("subject").textValue());
        }
        return subjects;
    }

    @Test
    void tellsWhatChangesAsItChanges() throws Exception {
        try (RestLab lab = new RestLab();
                EventReader reader = open(lab, "")) {
            put(lab, "/vnics/web-1");
            Sent first = reader.next();
            assertThat(first.kind()).isEqualTo("put");
            assertThat(first.data().get("id").textValue()).isEqualTo(first.id());
            assertThat(first.data().get("data")).hasToString("{\"who\":\"test\",\"revision\":1}");
            put(lab, "/vnics/web-2");
            assertThat(subjects(reader, 1)).containsExactly("/vnics/web-2");
        }
    }

    @Test
    void saysWhyVnicIsBlocked() throws Exception {
        try (RestLab lab = new RestLab();
                EventReader reader = open(lab, "")) {
            VnicStatus active = RestLab.active("52:54:00:aa:bb:cc", 3);
            VnicStatus blocked = new VnicStatus(
                    VnicStatus.State.BLOCKED,
                    "macAddressChanged",
                    OptionalInt.of(3),
                    MacAddress.parse("52:54:00:00:00:99"),
                    Optional.of("eth1"));
            lab.events.publish(
                    "vnicStatus",
                    "/vnics/web-1",
                    new VnicChange(new VnicId("web-1"), RestLab.BRIDGE, Optional.of(active), blocked));
            Sent sent = reader.next();
            assertThat(sent.kind()).isEqualTo("vnicStatus");
            assertThat(sent.data().at("/data/before/state").textValue()).isEqualTo("active");
            assertThat(sent.data().at("/data/after/state").textValue()).isEqualTo("blocked");
            assertThat(sent.data().at("/data/after/reason").textValue()).isEqualTo("macAddressChanged");
            assertThat(sent.data().at("/data/after/effectiveMac").textValue()).isEqualTo("52:54:00:00:00:99");
        }
    }

    /** Each kind of event is as the document says. */
    @Test
    void tellsEventsAsTheDocumentHasThem() throws Exception {
        Document document = new Document();
        try (RestLab lab = new RestLab(document);
                EventReader reader = open(lab, "")) {
            VnicStatus active = RestLab.active("52:54:00:aa:bb:cc", 3);
            BridgeHealth health = new BridgeHealth(BridgeStatus.State.DEGRADED, List.of("uplink 'eth1' is down"));
            put(lab, "/vnics/web-1");
            lab.events.publish("deleted", "/vnics/web-1", new ChangeEvents.Edited("rest 127.0.0.1", 7));
            lab.events.publish(
                    "vnicStatus",
                    "/vnics/web-1",
                    new VnicChange(new VnicId("web-1"), RestLab.BRIDGE, Optional.empty(), active));
            lab.events.publish("bridgeState", "/bridges/x", new BridgeChange(RestLab.BRIDGE, health, health));
            lab.events.publish("uplinkState", "/bridges/x", new ChangeEvents.UplinkState("eth1", false));
            lab.events.publish("somethingElse", "/here", Map.of("frames", 3));
            for (int read = 0; read < 6; read++) {
                JsonObject event = new JsonObject(reader.next().data().toString());
                assertThat(document.errors("/components/schemas/Event", event))
                        .as(event.encode())
                        .isEmpty();
            }
            JsonObject wrong = new JsonObject("{\"id\": \"a-1\", \"time\": \"2025-01-01T00:00:00Z\", \"kind\": \"put\","
                    + " \"subject\": \"/vnics/x\", \"data\": {\"up\": true}}");
            assertThat(document.errors("/components/schemas/Event", wrong)).isNotEmpty();
        }
    }

    @Test
    void resumesBehindTheLastEventThatWasSeen() throws Exception {
        try (RestLab lab = new RestLab()) {
            String seen;
            try (EventReader reader = open(lab, "")) {
                put(lab, "/vnics/a");
                seen = reader.next().id();
            }
            put(lab, "/vnics/b");
            put(lab, "/vnics/c");
            try (EventReader header = open(lab, "?lastEventId=nonsense", "Last-Event-ID", seen);
                    EventReader query = open(lab, "?recent=10&lastEventId=" + seen)) {
                assertThat(subjects(header, 2)).containsExactly("/vnics/b", "/vnics/c");
                assertThat(subjects(query, 2)).containsExactly("/vnics/b", "/vnics/c");
            }
        }
    }

    @Test
    void resumesWhereItBeganWhenNothingHadHappenedYet() throws Exception {
        try (RestLab lab = new RestLab()) {
            String begun;
            try (EventReader reader = open(lab, "")) {
                begun = reader.lastId();
            }
            put(lab, "/vnics/a");
            try (EventReader reader = open(lab, "", "Last-Event-ID", begun)) {
                assertThat(subjects(reader, 1)).containsExactly("/vnics/a");
            }
        }
    }

    @Test
    void saysFirstOfAllThatEventsAreMissing() throws Exception {
        try (RestLab lab = new RestLab()) {
            put(lab, "/vnics/a");
            try (EventReader reader = open(lab, "", "Last-Event-ID", "of-another-process-7")) {
                Sent gap = reader.next();
                assertThat(gap.kind()).isEqualTo("gap");
                assertThat(gap.data().get("lastEventId").textValue()).isEqualTo("of-another-process-7");
                put(lab, "/vnics/b");
                assertThat(subjects(reader, 1)).containsExactly("/vnics/b");
            }
        }
    }

    @Test
    void beginsWithRecentEventsForWhoeverWantsThem() throws Exception {
        try (RestLab lab = new RestLab()) {
            put(lab, "/vnics/a");
            put(lab, "/vnics/b");
            put(lab, "/vnics/c");
            try (EventReader reader = open(lab, "?recent=2")) {
                assertThat(subjects(reader, 2)).containsExactly("/vnics/b", "/vnics/c");
            }
        }
    }

    @Test
    void refusesParametersThatAreWrong() throws Exception {
        try (RestLab lab = new RestLab()) {
            assertThat(lab.client.get(EVENTS + "?recent=10001").status()).isEqualTo(400);
            assertThat(lab.client.get(EVENTS + "?since=1").body()).contains("there is no parameter 'since' here");
        }
    }

    @Test
    void answersHeadWithoutStream() throws Exception {
        try (RestLab lab = new RestLab()) {
            assertThat(lab.client.send("HEAD", EVENTS, "").status()).isEqualTo(200);
        }
    }

    /** Many publish at once, one reader does not read at all: the others get everything, each in the same order. */
    @Test
    void slowReaderIsCutOffAndHoldsUpNobody() throws Exception {
        int publishers = 4;
        int each = 10_000;
        ExecutorService threads = Executors.newFixedThreadPool(publishers + 1);
        try (RestLab lab = new RestLab();
                EventReader slow = open(lab, "");
                EventReader quick = open(lab, "")) {
            BlockingQueue<String> marks = new LinkedBlockingQueue<>();
            Future<List<String>> read = threads.submit(() -> {
                List<String> seen = new ArrayList<>();
                String end = "";
                while (!end.equals("/end")) {
                    end = quick.next().data().get("subject").textValue();
                    seen.add(end);
                    if (end.startsWith("/round/")) {
                        marks.add(end);
                    }
                }
                return seen;
            });
            List<Future<?>> published = new ArrayList<>();
            EventLog.Reader all = lab.events.fromNow();
            List<String> expected = new ArrayList<>();
            for (int round = 0; round < each / 1000; round++) {
                for (int publisher = 0; publisher < publishers; publisher++) {
                    String subject = "/" + "x".repeat(200) + publisher;
                    published.add(threads.submit(() -> {
                        for (int count = 0; count < 1000; count++) {
                            put(lab, subject);
                        }
                    }));
                }
                for (Future<?> future : published) {
                    future.get();
                }
                all.next(Integer.MAX_VALUE).forEach(event -> expected.add(event.subject()));
                // The next round only when the quick one is here: it is quick, and not infinitely so.
                String mark = "/round/" + round;
                put(lab, mark);
                assertThat(marks.take()).isEqualTo(mark);
                all.next(Integer.MAX_VALUE).forEach(event -> expected.add(event.subject()));
            }
            put(lab, "/end");
            expected.add("/end");
            assertThat(read.get()).isEqualTo(expected);
            assertThatThrownBy(() -> subjects(slow, publishers * each)).isInstanceOf(IOException.class);
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.plugboard.it.wire;

import static io.plugboard.it.wire.GuestLab.Host.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.it.Events;
import io.plugboard.it.Eventually;
import io.plugboard.topology.model.MacAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A guest that has been asked for its memberships and answers what it likes, as often as it likes. */
@Timeout(120)
class HostileReportsIT {
    private static final String UNUSABLE = "plugboard_unusable_reports_total";
    private static final String VLAN = "vlan: {mode: access, id: 100}";
    /** So that its query is open for long. */
    private static final String AWAITED = "announce: {queries: 1, maxResponseMs: 10000}";

    private static final String GROUP = "239.1.2.3";

    private static final int METER = 1_000;
    private static final int FLOOD = 10_000;
    /** Longer than another guest is asked for. */
    private static final int FLOOD_SECONDS = 8;

    private static final Pattern METERED =
            Pattern.compile("packet_in_count:(\\d+).*?bands:\\s*0: packet_count:(\\d+)", Pattern.DOTALL);

    private static GuestLab lab;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeAll
    static void start() {
        lab = new GuestLab();
        lab.portGroup("awaited", VLAN, AWAITED);
        lab.portGroup("red", VLAN);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void findNothingInTheLog() {
        root.detachAppender(logged);
        // That a thread was held up for seconds says something of the machine.
        assertThat(logged.list)
                .filteredOn(event -> !event.getLoggerName().endsWith(".BlockedThreadChecker"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    @Test
    void readsWhatCanBeReadAndPassesOverTheRest() {
        GuestMachine guest = hostile("malformed");
        guest.ip("link set eth0 mtu 9000");
        MembershipFrame frame = frame(guest);
        int before = (int) lab.rest().metric(UNUSABLE);

        // Shorter ones are no longer IGMP to the switch.
        List<String> unusable = Stream.concat(
                        IntStream.range(34, 52).mapToObj(frame::cutOff),
                        Stream.of(
                                frame.recordsMissing(2, 1),
                                frame.recordsMissing(0xffff, 100),
                                frame.wrongChecksum(),
                                frame.wrongIpChecksum(),
                                frame.fragment(0x2000),
                                frame.fragment(0x2001)))
                .toList();
        unusable.forEach(octets -> guest.does("send eth0 " + octets));
        guest.does("send eth0 " + frame.groups(1_000));

        JsonNode query = lab.awaitAnnouncement(guest, WEST, record -> record.has("answeredAfterMs"));
        assertThat(query.path("groups")).hasSize(1_000);
        System.out.printf(
                "%d unusable frames: %d came up as copies%n",
                unusable.size(), (int) lab.rest().metric(UNUSABLE) - before);
        assertThat((int) lab.rest().metric(UNUSABLE) - before).isPositive().isLessThanOrEqualTo(unusable.size());
    }

    @Test
    void boundsWhatAFloodCosts() {
        GuestMachine honest = lab.machine("honest", Namespace.WITHOUT_IPV6).ip("addr add 192.0.2.1/24 dev eth0");
        lab.plug(honest, WEST, "red");
        honest.does("join " + GROUP + " eth0");
        GuestMachine newcomer = lab.machine("newcomer", Namespace.WITHOUT_IPV6);
        GuestMachine guest = hostile("flooder");
        int before = (int) lab.rest().metric(UNUSABLE);

        try (Events events = lab.rest().events()) {
            guest.begins("flood eth0 " + FLOOD + " " + FLOOD_SECONDS + " "
                    + frame(guest).wrongChecksum());
            Eventually.get(() -> (int) lab.rest().metric(UNUSABLE), count -> count > before);
            lab.rest().post("/vnics/honest/announce", "").ok();
            assertThat(lab.plug(newcomer, WEST, "red")
                            .path("status")
                            .path("state")
                            .asText())
                    .isEqualTo("active");
            String[] flooded = guest.answer().split(" ");

            JsonNode answer = lab.awaitAnnouncement(honest, WEST, record -> record.has("answeredAfterMs"));
            assertThat(answer.path("groups")).extracting(JsonNode::asText).containsExactly(GROUP);

            int sent = Integer.parseInt(flooded[0]);
            double seconds = Double.parseDouble(flooded[1]);
            int copies = copies();
            int unread = (int) lab.rest().metric(UNUSABLE) - before;
            System.out.printf(
                    "%d reports in %.1f s: %d copies came up, %d were read; another guest's answer after %d ms%n",
                    sent,
                    seconds,
                    copies,
                    unread,
                    answer.path("answeredAfterMs").asInt());
            assertThat(copies).isLessThanOrEqualTo((int) Math.ceil(METER * (seconds + 2)));
            assertThat(unread).isLessThan(FLOOD_SECONDS * METER);
            assertThat(events.soFar())
                    .noneMatch(event -> event.path("kind").asText().equals("bridgeState"));
        }
    }

    /** What the meter of copies has let through so far. */
    private static int copies() {
        Matcher metered = METERED.matcher(lab.ovs().ofctl("meter-stats", WEST.bridge()));
        assertThat(metered.find()).isTrue();
        return Integer.parseInt(metered.group(1)) - Integer.parseInt(metered.group(2));
    }

    /** Plugged in, and asked. */
    private static GuestMachine hostile(String name) {
        GuestMachine guest = lab.machine(name, Namespace.WITHOUT_IPV6);
        lab.plug(guest, WEST, "awaited");
        lab.rest().post("/vnics/" + name + "/announce", "").ok();
        lab.awaitAnnouncement(
                guest, WEST, record -> record.path("kind").asText().equals("igmpQuery"));
        return guest;
    }

    private static MembershipFrame frame(GuestMachine guest) {
        return new MembershipFrame(MacAddress.parse(guest.mac()));
    }
}

package io.plugboard.it.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.it.Eventually;
import io.plugboard.it.wire.Sighting;
import io.plugboard.it.wire.Watch;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the other tests with guests rely on, where every bridge is a plain switch and no controller is there. */
@Timeout(300)
class QemuGuestIT {
    private static final VirtualMachine ANNA =
            new VirtualMachine("anna", MacAddress.parse("52:54:00:00:78:01"), Ipv4Address.parse("10.78.0.1"));
    private static final VirtualMachine BERT =
            new VirtualMachine("bert", MacAddress.parse("52:54:00:00:78:02"), Ipv4Address.parse("10.78.0.2"));
    private static final int PORT = 5000;
    /** In an IGMPv3 report, the type of the first group record, and its values on leaving and joining (RFC 3376, 4.2.12). */
    private static final int GROUP_RECORD_AT = 8;

    private static final int CHANGE_TO_INCLUDE = 3;
    private static final int CHANGE_TO_EXCLUDE = 4;

    private static PhysicalSwitch physical;
    private static QemuHost first;
    private static QemuHost second;
    private static Guest anna;
    private static Guest bert;

    @BeforeAll
    static void boot() {
        GuestImage image = GuestImage.make();
        physical = new PhysicalSwitch(new DatapathId(0xe0));
        first = plainHost(image, 0xe1);
        second = plainHost(image, 0xe2);
        long begin = System.nanoTime();
        anna = new Guest(first.boot(ANNA, "vnet0"));
        bert = new Guest(first.boot(BERT, "vnet1"));
        anna.place().awaitBoot();
        bert.place().awaitBoot();
        System.out.printf("two guests booted in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    }

    private static QemuHost plainHost(GuestImage image, long dpid) {
        QemuHost host = new QemuHost(image, new DatapathId(dpid));
        host.ovs().vsctl("set", "Bridge", QemuHost.BRIDGE, "fail_mode=standalone");
        physical.connect(host);
        return host;
    }

    @AfterAll
    static void end() {
        first.close();
        second.close();
        physical.close();
    }

    @Test
    void guestAnswersWithStatusAndOutput() {
        assertThat(anna.shell("echo said; exit 3")).isEqualTo(new ControlLine.Answer(3, "said\n"));
        assertThat(bert.shell("no-such-command").status()).isNotZero();
    }

    @Test
    void serialLineLosesNoCharacter() {
        List<String> numbers =
                IntStream.rangeClosed(1, 3000).mapToObj(Integer::toString).toList();

        assertThat(anna.shell("seq 1 3000").ok().lines()).containsExactlyElementsOf(numbers);
        assertThat(anna.shell("echo " + String.join(" ", numbers.subList(0, 700)))
                        .ok()
                        .strip()
                        .split(" "))
                .containsExactlyElementsOf(numbers.subList(0, 700));
    }

    @Test
    void guestsOnOneBridgeReachEachOther() {
        assertThat(anna.pingPatiently(BERT.address(), 3)).isEqualTo(3);
        bert.listen(PORT);

        anna.send(BERT.address(), PORT, 100, Duration.ofMillis(1));

        assertThat(Eventually.get(() -> bert.received(PORT), received -> received >= 100))
                .isEqualTo(100);
    }

    @Test
    void joiningSendsReportThroughTheTapAndLeavingToo() {
        Ipv4Address group = Ipv4Address.parse("239.1.2.3");
        try (Watch watch = Watch.of(first.namespace(), List.of("vnet1"))) {
            bert.join(group, PORT + 1);
            watch.await(0, sighting -> isReportOfBert(sighting, CHANGE_TO_EXCLUDE));
            anna.send(group, PORT + 1, 20, Duration.ofMillis(1));
            assertThat(Eventually.get(() -> bert.received(group), received -> received >= 20))
                    .isEqualTo(20);

            bert.leave(group);

            watch.await(0, sighting -> isReportOfBert(sighting, CHANGE_TO_INCLUDE));
        }
    }

    /** Whether the card of Bert says such a thing of a group, in IGMPv3, as Linux does without a querier. */
    private static boolean isReportOfBert(Sighting sighting, int recordType) {
        if (!sighting.isIgmpReport() || !sighting.enters("vnet1")) {
            return false;
        }
        try {
            byte[] report =
                    Ipv4Packet.read(sighting.frame().payload()).payload().toArray();
            return report[GROUP_RECORD_AT] == recordType;
        } catch (MalformedFrame e) {
            throw new AssertionError(sighting.toString(), e);
        }
    }

    @Test
    void cardTellsQemuWhatItReceives() {
        MacAddress group = MacAddress.parse("01:00:5e:01:02:04");
        MacAddress other = MacAddress.parse("52:54:00:00:78:12");

        anna.join(Ipv4Address.parse("239.1.2.4"), PORT + 2);
        anna.promiscuous(true);
        anna.changeMac(other);
        JsonNode changed = filter(anna);
        anna.leave(Ipv4Address.parse("239.1.2.4"));
        anna.promiscuous(false);
        anna.changeMac(ANNA.mac());

        assertThat(changed.get("promiscuous").asBoolean()).isTrue();
        assertThat(changed.get("main-mac").asText()).isEqualTo(other.toString());
        assertThat(changed.get("multicast-table").toString()).contains(group.toString());
        JsonNode restored = filter(anna);
        assertThat(restored.get("promiscuous").asBoolean()).isFalse();
        assertThat(restored.get("main-mac").asText()).isEqualTo(ANNA.mac().toString());
        assertThat(restored.get("multicast-table").toString()).doesNotContain(group.toString());
    }

    private static JsonNode filter(Guest guest) {
        return guest.place()
                .qmp()
                .execute(
                        "query-rx-filter", JsonNodeFactory.instance.objectNode().put("name", "net0"))
                .get(0);
    }

    @Test
    void cardLetsThroughOnlyWhatItIsToReceive() {
        Ipv4Address group = Ipv4Address.parse("239.1.2.5");
        MacAddress destination = MacAddress.parse("01:00:5e:01:02:05");
        bert.watch();
        try (Watch watch = Watch.of(first.namespace(), List.of("vnet1"))) {
            sendTo(group, watch);
            assertThat(bert.seen(ANNA.mac(), destination)).isZero();

            bert.promiscuous(true);
            sendTo(group, watch);
            bert.promiscuous(false);

            assertThat(bert.seen(ANNA.mac(), destination)).isEqualTo(10);
        }
    }

    /** Returns when ten datagrams have gone into Bert's tap, and Bert has got what followed them. */
    private static void sendTo(Ipv4Address group, Watch watch) {
        int mark = watch.now();
        anna.send(group, PORT + 3, 10, Duration.ZERO);
        watch.await(
                mark,
                10,
                sighting -> sighting.leaves("vnet1")
                        && sighting.frame().source().equals(ANNA.mac())
                        && sighting.frame().destination().isGroup());
        assertThat(anna.pingPatiently(BERT.address(), 1)).isEqualTo(1);
    }

    @Test
    void guestGoesOnAtAnotherHost() {
        String boot = anna.shell("cat /proc/sys/kernel/random/boot_id").ok();
        Duration uptime = anna.uptime();
        QemuProcess left = anna.place();

        Migration migration = anna.migrateTo(second.expect(ANNA, "vnet0"));
        first.end(left);

        System.out.printf(
                "migrated in %d ms, stopped for %d ms%n",
                migration.total().toMillis(), migration.stopped().toMillis());
        assertThat(anna.shell("cat /proc/sys/kernel/random/boot_id").ok()).isEqualTo(boot);
        assertThat(anna.uptime()).isGreaterThan(uptime);
        assertThat(anna.pingPatiently(BERT.address(), 3)).isEqualTo(3);

        QemuProcess place = anna.place();
        anna.migrateTo(first.expect(ANNA, "vnet0"));
        second.end(place);
        // The bridge takes Anna to be elsewhere until her QEMU has announced her.
        Eventually.get(() -> bert.ping(ANNA.address(), 1), answered -> answered == 1);
        assertThat(bert.pingPatiently(ANNA.address(), 3)).isEqualTo(3);
    }
}

package io.plugboard.it.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import io.plugboard.it.wire.NumberedStream;
import io.plugboard.it.wire.Sender;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * QEMU migrates a guest from one host to another. Both taps are plugged with the same iface-id, as libvirt does it; nobody makes a
 * REST call. A machine behind the physical switch sends to the guest, and to its group, all the while; the guest itself says
 * nothing that it is not asked.
 */
@Timeout(300)
class GuestMigrationIT {
    private static final VirtualMachine WANDERER =
            new VirtualMachine("wanderer", MacAddress.parse("52:54:00:00:77:02"), Ipv4Address.parse("10.77.0.2"));
    private static final MacAddress OUTSIDE = MacAddress.parse("02:00:00:00:77:01");
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final NumberedStream UNICAST =
            new NumberedStream(OUTSIDE, WANDERER.mac(), WANDERER.address(), VlanId.UNTAGGED, 7001);
    private static final NumberedStream MULTICAST = NumberedStream.toGroup(OUTSIDE, GROUP, VlanId.UNTAGGED, 7002);
    private static final String TAP = "vnet0";
    /** Frames a second, of each stream. */
    private static final int RATE = 200;

    private final GuestImage image = GuestImage.make();
    private final Plugboard plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
    private final PhysicalSwitch physical = new PhysicalSwitch(new DatapathId(0xe0));
    private final ManagedHost first = host(0xe1);
    private final ManagedHost second = host(0xe2);
    private Guest guest;

    private ManagedHost host(long dpid) {
        return new ManagedHost(image, new DatapathId(dpid), plugboard.openFlow(), plugboard.ovsdb())
                .connectedTo(physical);
    }

    @BeforeEach
    void boot() {
        first.withAgent();
        guest = new Guest(first.host().boot(WANDERER, TAP));
        guest.place().awaitBoot();
        first.awaitState(TAP, "active");
        listen(guest);
    }

    private static void listen(Guest guest) {
        guest.listen(NumberedStream.LISTENING);
        guest.join(GROUP, NumberedStream.LISTENING);
    }

    @AfterEach
    void end() {
        first.close();
        second.close();
        physical.close();
        plugboard.close();
    }

    /** Both streams, and how many of their frames the guest has got. */
    private static final class Streams implements AutoCloseable {
        private final Guest guest;
        private final int before;
        private final int beforeToGroup;
        private final Sender unicast;
        private final Sender multicast;

        Streams(PhysicalSwitch physical, Guest guest) {
            this.guest = guest;
            beforeToGroup = guest.received(GROUP);
            before = guest.received(NumberedStream.LISTENING);
            unicast = new Sender(physical.namespace(), PhysicalSwitch.OUTSIDE, UNICAST, RATE);
            multicast = new Sender(physical.namespace(), PhysicalSwitch.OUTSIDE, MULTICAST, RATE);
            awaitMore();
        }

        /** A socket that takes what comes to its port takes the group's, too. */
        private int received() {
            int toGroup = receivedByGroup();
            return guest.received(NumberedStream.LISTENING) - before - toGroup;
        }

        private int receivedByGroup() {
            return guest.received(GROUP) - beforeToGroup;
        }

        /** Returns when some more of both have come. */
        void awaitMore() {
            int soFar = received();
            int soFarToGroup = receivedByGroup();
            Eventually.get(this::received, count -> count > soFar + 10);
            Eventually.get(this::receivedByGroup, count -> count > soFarToGroup + 10);
        }

        void printLosses(String title) {
            int sent = unicast.stop();
            int sentToGroup = multicast.stop();
            System.out.printf(
                    "%s: at %d frames a second each, %d of the unicast are lost, %d of the group's%n",
                    title, RATE, sent - received(), sentToGroup - receivedByGroup());
        }

        @Override
        public void close() {
            unicast.close();
            multicast.close();
        }
    }

    private JsonNode vnic() {
        return plugboard.rest().get("/vnics/" + WANDERER.interfaceId()).ok();
    }

    private void assertThatItRunsOn(ManagedHost host) {
        assertThat(vnic().path("bridge").asText()).isEqualTo(host.dpid().toString());
        assertThat(vnic().at("/status/state").asText()).isEqualTo("active");
    }

    @Test
    void theNetworkFollowsTheGuestToTheHostWhereItResumes() {
        second.withAgent();
        QemuProcess left = guest.place();
        QemuProcess destination = second.host().expect(WANDERER, TAP);
        second.awaitState(TAP, "prepared");
        assertThatItRunsOn(first);

        try (Streams streams = new Streams(physical, guest)) {
            Migration migration = guest.migrateTo(destination);
            second.awaitState(TAP, "active");
            first.host().end(left);
            streams.awaitMore();
            streams.printLosses(
                    "kept by Plugboard, stopped for " + migration.stopped().toMillis() + " ms");
        }

        assertThatItRunsOn(second);
        assertThat(physical.ovs().appctl("fdb/show", "physical").lines())
                .anySatisfy(line -> assertThat(line.strip())
                        .startsWith("3 ")
                        .contains(WANDERER.mac().toString()));
        Eventually.get(
                () -> first.flows(), flows -> !flows.contains(WANDERER.mac().toString()));
        // What the guest says late is the answer to the query that was the last one by then.
        JsonNode answered = Eventually.get(
                        () -> announcements("igmpQuery")
                                .filter(query -> query.path("answeredAfterMs").isNumber())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        System.out.printf(
                "the guest has answered after %d ms: %s%n",
                answered.path("answeredAfterMs").asInt(), answered.path("groups"));
        assertThat(answered.path("groups").toString()).contains(GROUP.toString());
        assertThat(announcements("rarp")).isNotEmpty();
    }

    /** Such frames on the second host. */
    private Stream<JsonNode> announcements(String kind) {
        JsonNode all = plugboard
                .rest()
                .get("/announcements?vnic=" + WANDERER.interfaceId())
                .ok()
                .path("items");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(sent -> sent.path("kind").asText().equals(kind))
                .filter(sent ->
                        sent.path("bridge").asText().equals(second.dpid().toString()));
    }

    @Test
    void anAgentThatStartsLateFindsTheGuestActive() {
        QemuProcess left = guest.place();
        QemuProcess destination = second.host().expect(WANDERER, TAP);
        second.awaitState(TAP, "prepared");

        try (Streams streams = new Streams(physical, guest)) {
            guest.migrateTo(destination);
            // By QEMU's own frame: nobody has said that it runs there.
            second.awaitState(TAP, "active");
            streams.awaitMore();
            second.withAgent();
            Eventually.get(() -> second.externalId(TAP, "plugboard-running"), "true"::equals);
            first.host().end(left);
            streams.awaitMore();
            streams.printLosses("without an agent at the destination");
        }

        assertThatItRunsOn(second);
    }

    @Test
    void aGuestThatResumesBeforeItsPortIsThereBecomesActiveWithIt() {
        second.withAgent();
        QemuProcess destination = second.host().expect(WANDERER, TAP);
        second.host().deletePort(TAP);

        guest.migrateTo(destination);
        Eventually.get(() -> first.externalId(TAP, "plugboard-running"), "false"::equals);
        second.host().addPort(WANDERER, TAP);

        second.awaitState(TAP, "active");
        try (Streams streams = new Streams(physical, guest)) {
            streams.awaitMore();
        }
        assertThatItRunsOn(second);
    }

    @Test
    void aMigrationThatFailsWhileTheGuestIsStoppedLeavesItWhereItWas() {
        second.withAgent();
        QemuProcess destination = second.host().expect(WANDERER, TAP);
        second.awaitState(TAP, "prepared");
        Qmp source = guest.place().qmp();
        int mark = source.now();
        source.execute("migrate-set-capabilities", capability("pause-before-switchover"));

        Migration.begin(guest.place(), destination);
        source.await(mark, "STOP");
        Eventually.get(() -> first.externalId(TAP, "plugboard-running"), "false"::equals);
        int stopped = source.now();
        source.execute("migrate_cancel", JsonNodeFactory.instance.objectNode());
        source.await(stopped, "RESUME");
        Eventually.get(() -> first.externalId(TAP, "plugboard-running"), "true"::equals);
        second.host().end(destination);

        try (Streams streams = new Streams(physical, guest)) {
            streams.awaitMore();
        }
        assertThatItRunsOn(first);
        first.awaitState(TAP, "active");
    }

    private static ObjectNode capability(String name) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.putArray("capabilities").addObject().put("capability", name).put("state", true);
        return arguments;
    }

    /** What else there is: bridges that learn, and the frames by which QEMU announces a guest itself. */
    @Test
    void losesThisMuchWithQemusOwnAnnouncementAlone() {
        QemuHost third = plainHost(0xe3);
        QemuHost fourth = plainHost(0xe4);
        VirtualMachine machine = WANDERER;
        first.host().end(guest.place());
        Guest plain = new Guest(third.boot(machine, TAP));
        plain.place().awaitBoot();
        listen(plain);
        // The physical switch learns where it is.
        plain.ping(Ipv4Address.parse("10.77.0.1"), 1);

        try (Streams streams = new Streams(physical, plain)) {
            Migration migration = plain.migrateTo(fourth.expect(machine, TAP));
            int received = streams.received();
            Eventually.get(streams::received, count -> count > received + 10);
            streams.printLosses("announced by QEMU alone, stopped for "
                    + migration.stopped().toMillis() + " ms");
        } finally {
            third.close();
            fourth.close();
        }
    }

    private QemuHost plainHost(long dpid) {
        QemuHost host = new QemuHost(image, new DatapathId(dpid));
        host.ovs().vsctl("set", "Bridge", QemuHost.BRIDGE, "fail_mode=standalone");
        physical.connect(host);
        return host;
    }
}

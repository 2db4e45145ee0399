package io.plugboard.it.wire;

import static io.plugboard.it.wire.MigrationLab.Host.HOST1;
import static io.plugboard.it.wire.MigrationLab.Host.HOST2;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.VlanId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest receives a stream, and migrates from the first host to the second while something goes wrong. */
@Timeout(180)
class MigrationFaultsIT {
    private static final int RATE = 500;
    private static final int WINDOW = 100;
    private static final int GUARD_TABLE = 2;
    private static final NumberedStream TO_GUEST = new NumberedStream(
            MigrationLab.SOURCE_MAC, MigrationLab.MAC, MigrationLab.ADDRESS, MigrationLab.VLAN, 7001);

    private final Plugboard plugboard = Plugboard.start();
    private final RestClient rest = plugboard.rest();
    private final MigrationLab lab = new MigrationLab(plugboard.openFlow());
    private final Watch watch = lab.watch();
    private int mark;

    @BeforeEach
    void receiveOnTheFirstHost() {
        rest.apply(MigrationLab.bridges(true));
        lab.runGuestOn(HOST1);
        MigrationLab.plug(rest, MigrationLab.guestOn(HOST1));
        lab.listen();
        lab.sendFromOutside(TO_GUEST, RATE);
        watch.await(0, WINDOW, seen -> seen.enters("guest1-end") && seen.isOf(TO_GUEST));
        mark = watch.now();
    }

    @AfterEach
    void unplug() {
        lab.close();
        plugboard.close();
    }

    private void awaitArrivals() {
        watch.await(mark, WINDOW, seen -> seen.enters("guest2-end") && seen.isOf(TO_GUEST));
    }

    /** Of the stream; no frame comes to the card twice, nor to the first host when that has been told. */
    private void hasMoved(String title) {
        awaitArrivals();
        Losses losses = Losses.of(watch, mark, TO_GUEST);
        System.out.println(title + ": " + losses);
        assertThat(losses.duplicates()).isZero();
        lab.awaitLeft(HOST1);
        long left = Watch.time();
        watch.await(mark, WINDOW, seen -> seen.time() > left && seen.enters("guest2-end") && seen.isOf(TO_GUEST));
        assertThat(watch.since(mark, seen -> seen.time() > left && seen.enters("guest1-end")))
                .isEmpty();
    }

    private JsonNode vnic() {
        return rest.get("/vnics/" + MigrationLab.VNIC).ok();
    }

    @Test
    void aSourceThatCannotBeReachedDelaysNothingAndIsTheFirstToHearWhenItIsBack() {
        MigrationLab.prepare(rest, HOST2, "request");
        lab.disconnect(HOST1);

        lab.runGuestOn(HOST2);
        MigrationLab.activate(rest);
        awaitArrivals();
        System.out.println("source disconnected: " + Losses.of(watch, mark, TO_GUEST));
        assertThat(lab.ovs().ofctl("dump-flows", HOST1.bridge())).contains(MigrationLab.MAC.toString());

        lab.connect(HOST1);
        hasMoved("source back");
    }

    @Test
    void aDestinationThatRefusesAFlowIsAnnouncedWhenItTakesIt() {
        MigrationLab.prepare(rest, HOST2, "request");
        limitGuardsOfTheSecondHost();
        lab.runGuestOn(HOST2);

        JsonNode refused = rest.post(
                        "/vnics/" + MigrationLab.VNIC + "/migration/activate?wait=active" + MigrationLab.PATIENTLY, "")
                .ok();
        assertThat(refused.at("/status/state").asText()).isEqualTo("failed");
        assertThat(refused.at("/status/reason").asText()).contains("OFPFMFC_TABLE_FULL");
        lab.awaitLeft(HOST1);
        assertThat(watch.since(
                        mark, seen -> seen.isRarp() && seen.frame().source().equals(MigrationLab.MAC)))
                .noneMatch(seen -> seen.leaves("up2"));

        lab.ovs().vsctl("clear", "Bridge", HOST2.bridge(), "flow_tables");
        hasMoved("destination that refused a flow");
    }

    private void limitGuardsOfTheSecondHost() {
        long guards = lab.ovs()
                .ofctl("dump-flows", HOST2.bridge(), "table=" + GUARD_TABLE)
                .lines()
                .filter(line -> line.contains("table="))
                .count();
        lab.ovs()
                .vsctl(
                        "--id=@limit",
                        "create",
                        "Flow_Table",
                        "flow_limit=" + guards,
                        "overflow_policy=refuse",
                        "--",
                        "set",
                        "Bridge",
                        HOST2.bridge(),
                        "flow_tables:" + GUARD_TABLE + "=@limit");
    }

    @Test
    void anActivationMayComeBeforeThePrepareIsDone() {
        lab.runGuestOn(HOST2);
        lab.ovs().pauseVswitchd();
        rest.post(
                        "/vnics/" + MigrationLab.VNIC + "/migration",
                        "{\"bridge\": \"" + HOST2.dpid() + "\", \"port\": \"" + HOST2.port() + "\"}")
                .ok();
        JsonNode activated = rest.post("/vnics/" + MigrationLab.VNIC + "/migration/activate", "")
                .ok();
        assertThat(activated.at("/status/state").asText()).isEqualTo("pending");

        lab.ovs().resumeVswitchd();
        hasMoved("activation amid a prepare");
    }

    @Test
    void theFirstFramesOfAGuestAreForwardedAndActivateItsMigration() {
        NumberedStream fromGuest = new NumberedStream(
                MigrationLab.MAC, MigrationLab.SOURCE_MAC, Ipv4Address.parse("10.77.0.1"), VlanId.UNTAGGED, 7002);
        MigrationLab.prepare(rest, HOST2, "firstFrame");
        lab.runGuestOn(HOST2);
        assertThat(vnic().path("bridge").asText()).isEqualTo(HOST1.dpid().toString());

        lab.sendFromGuest(fromGuest, RATE);
        watch.await(mark, WINDOW, seen -> seen.enters("source-end") && seen.isOf(fromGuest));
        JsonNode moved = Eventually.get(
                this::vnic,
                vnic -> vnic.at("/status/state").asText().equals("active")
                        && vnic.path("bridge").asText().equals(HOST2.dpid().toString()));
        assertThat(moved.path("migration").isMissingNode()).isTrue();

        Losses sent = Losses.between(watch.since(mark), fromGuest, "card", "source-end");
        System.out.println("first frames, from the guest: " + sent);
        assertThat(sent.lost()).isEmpty();
        assertThat(sent.duplicates()).isZero();
        hasMoved("first frames, to the guest");
        Sighting first = watch.await(mark, seen -> seen.enters("card") && seen.isOf(fromGuest));
        Sighting received = watch.await(mark, seen -> seen.enters("guest2-end") && seen.isOf(TO_GUEST));
        System.out.printf("  it receives %.1f ms after its first frame%n", (received.time() - first.time()) / 1e6);
    }
}

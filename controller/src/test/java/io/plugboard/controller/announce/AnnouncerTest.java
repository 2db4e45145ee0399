package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.announce.Occasion;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tells the switches of the network where vNICs are. */
class AnnouncerTest extends OneAnnouncer {
    @Test
    void tellsSwitchesOfAFirstAttachInQemusRoundsAndAsksNobody() {
        begin();
        apply(attached(0, HERE));
        assertThat(kinds()).containsExactly("rarp 1");

        time.pass(Duration.ofMillis(49));
        assertThat(kinds()).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(kinds()).hasSize(2);
        time.pass(ALL);

        assertThat(kinds()).containsExactly("rarp 1", "rarp 2", "rarp 3", "rarp 4", "rarp 5");
        assertThat(ovs.emitted).allSatisfy(packet -> assertThat(packet.port()).isEqualTo(UPLINK));
        assertThat(heard.sent).allSatisfy(record -> {
            assertThat(record.occasion()).isEqualTo(Occasion.FIRST_ATTACH);
            assertThat(record.port()).isEqualTo("up1");
            assertThat(record.vlan()).isEqualTo(new VlanId(100));
        });
    }

    @Test
    void saysNothingBeforeTheSwitchHasConfirmed() {
        begin();
        ovs.answersAtOnce = false;
        apply(attached(0, HERE));
        time.pass(ALL);
        assertThat(ovs.emitted).isEmpty();

        ovs.answer();
        ovs.answer();
        assertThat(kinds()).containsExactly("rarp 1");
    }

    @Test
    void waitsForThePlaceThatWasLeftToBeClosed() {
        begin();
        apply(attached(0, ELSEWHERE));
        apply(attached(0, HERE));
        time.pass(ALL);
        assertThat(ovs.emitted).isEmpty();

        apply(new TopologyChange.PlaceLeft(id(0), vnic(0, ELSEWHERE).place()));
        assertThat(kinds()).contains("rarp 1", "igmpQuery 1", "mldQuery 1");
    }

    @Test
    void endsAnAnnouncementOfAVnicThatHasMovedAgain() {
        begin();
        migrate(0);
        apply(attached(0, ELSEWHERE));
        apply(new TopologyChange.PlaceLeft(id(0), vnic(0, HERE).place()));
        int before = ovs.emitted.size();
        time.pass(ALL);

        assertThat(ovs.emitted).hasSize(before);
        assertThat(heard.abandoned).containsExactly("web-0: it is no longer on bridge " + HERE);
        assertThat(heard.silent).isEmpty();
    }

    @Test
    void goesOnWithWhatALostSessionHasLeftUndone() {
        begin();
        migrate(0);
        reconciler.disconnected(ovs, "test");
        heard.sent.clear();
        time.pass(ALL);
        assertThat(heard.sent).isEmpty();

        connect();

        assertThat(kinds()).contains("rarp 1", "igmpQuery 1");
    }

    @Test
    void saysNothingAnewWhenASwitchReconnects() {
        begin();
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();
        reconciler.disconnected(ovs, "test");
        connect();
        time.pass(ALL);

        assertThat(heard.sent).isEmpty();
    }

    @Test
    void tellsTheNextProcessWhatNeedNotBeAnnouncedAgain() {
        begin();
        apply(attached(0, HERE));
        apply(attached(1, HERE));
        time.pass(Duration.ofMillis(500));
        assertThat(marks.getOrDefault(HERE, 0L)).isLessThan(2);
        time.pass(ALL);
        assertThat(marks.get(HERE)).isEqualTo(topology.revision());

        apply(attached(2, HERE));
        restart();

        assertThat(heard.sent).extracting(AnnouncementRecord::vnic).containsOnly(id(2));
    }

    @Test
    void keepsToItsPaceAndItsOrderInAStorm() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))),
                new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1"))));
        List<TopologyChange> all = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            all.add(attached(number, HERE));
        }
        apply(all.toArray(TopologyChange[]::new));
        connect();

        time.pass(Duration.ofMillis(100));
        assertThat(ovs.emitted).hasSizeBetween(100, 125);
        assertThat(heard.sent).extracting(AnnouncementRecord::round).containsOnly(1);
        time.pass(Duration.ofMillis(900));
        assertThat(ovs.emitted).hasSizeBetween(950, 1000);
        time.pass(ALL);
        assertThat(ovs.emitted).hasSize(1000);
        assertThat(heard.sent.stream().filter(record -> record.round() == 1).map(AnnouncementRecord::vnic))
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void announcesTheNewestOfAGuestsManyMacsAndNotEachOfThem() {
        begin();
        apply(new TopologyChange.PortGroupPut(topology.portGroup(RED)
                .orElseThrow()
                .portGroup()
                .withSecurity(new SecurityPolicy(Optional.empty(), Optional.of(Setting.ACCEPT), Optional.empty()))));
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();
        for (int flip = 1; flip <= 50; flip++) {
            RxFilter filter = RxFilter.exact(new MacAddress(0x0200_0000_0000L + flip), List.of());
            apply(new TopologyChange.RxFilterReported(id(0), Optional.of(filter)));
            time.pass(Duration.ofMillis(1));
        }
        time.pass(ALL);

        assertThat(heard.sent).hasSizeLessThan(10);
        assertThat(heard.sent.get(heard.sent.size() - 1).frame().toString()).contains("020000000032");
    }

    @Test
    void leavesTheFormerUplinkASecondAfterTheSwitchesWereTold() {
        begin();
        apply(attached(0, HERE), attached(1, HERE));
        time.pass(ALL);
        apply(new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1", "up2"))));
        time.pass(Duration.ofMillis(999));
        assertThat(settled).isEmpty();
        time.pass(Duration.ofMillis(2));

        assertThat(settled).hasSize(1);
        assertThat(settled.values()).first().extracting(Placement::cause).isEqualTo(Placement.Cause.REPINNED);
    }

    @Test
    void saysNothingWherePolicyWantsSwitchesNotNotified() {
        begin();
        apply(new TopologyChange.PortGroupPut(
                topology.portGroup(RED).orElseThrow().portGroup().withNotifySwitches(false)));
        migrate(0);
        time.pass(ALL);

        assertThat(ovs.emitted).isEmpty();
        assertThat(marks.get(HERE)).isEqualTo(topology.revision());
        assertThat(announcer.announce(topology, id(0)).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void announcesOnRequestAsAfterAMigration() {
        begin();
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();

        assertThat(announcer
                        .announce(topology, id(0))
                        .toCompletableFuture()
                        .join()
                        .frames())
                .isEqualTo(9);
        time.pass(ALL);

        assertThat(kinds()).contains("rarp 5", "igmpQuery 2", "mldQuery 2");
        assertThat(heard.sent).extracting(AnnouncementRecord::occasion).containsOnly(Occasion.ASKED);
    }
}

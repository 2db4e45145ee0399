package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromiscuousMirrorTest {
    private static final SecurityPolicy ACCEPT =
            new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.empty(), Optional.empty());

    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("red", 100)
            .portGroup("plain", 0)
            .portGroup("watched", 100)
            .portGroup("watched", watched -> watched.withSecurity(ACCEPT))
            .vnics("red", "a1", "b2")
            .vnics("watched", "mirror1", "mirror2")
            .vnics("plain", "p1")
            .promiscuous("mirror1", true);

    @Test
    void seesUnicastBetweenOthers() {
        assertThat(frame("a1", "b2")).isDeliveredTo("b2", "mirror1");
        assertThat(frame("a1", STRANGER)).isDeliveredTo("mirror1", "up1[100]");
    }

    @Test
    void seesEachFloodedFrameOnce() {
        assertThat(frame("a1", BROADCAST)).isDeliveredTo("b2", "mirror1", "mirror2", "up1[100]");
        assertThat(frame("a1", MULTICAST)).isDeliveredTo("b2", "mirror1", "mirror2", "up1[100]");
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a1", "mirror1");
    }

    @Test
    void seesUnicastFromAnyUplinkAndTheRestFromItsOwn() {
        assertThat(frame("up2", "b2").tagged(100)).isDeliveredTo("b2", "mirror1");
        assertThat(frame("up1", "a1").tagged(100)).isDeliveredTo("a1", "mirror1");
        assertThat(frame("up2", BROADCAST).tagged(100)).isDeliveredTo("b2", "mirror2");
        assertThat(frame("up1", STRANGER).tagged(100)).isDeliveredTo("mirror1");
        assertThat(frame("up2", STRANGER).tagged(100)).isDeliveredTo();
    }

    @Test
    void getsWhatIsForItOnceAndNothingOfItsOwn() {
        assertThat(frame("a1", "mirror1")).isDeliveredTo("mirror1");
        assertThat(frame("up1", "mirror1").tagged(100)).isDeliveredTo("mirror1");
        assertThat(frame("up2", "mirror1").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("mirror1", "a1")).isDeliveredTo("a1");
        assertThat(frame("mirror1", BROADCAST)).isDeliveredTo("a1", "b2", "mirror2", "up1[100]");
    }

    @Test
    void seesNothingThatIsDropped() {
        assertThat(frame("a1", "b2").withSource(STRANGER)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("up1", BROADCAST).withSource("a1").tagged(100)).isDroppedBy(Rule.GUARD_REFLECTION);
        assertThat(frame("up1", "b2").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("a1", "01:80:c2:00:00:00")).isDroppedBy(Rule.GUARD_LINK_LOCAL);
        scenario.using("b2", STRANGER);
        assertThat(frame("a1", "b2")).isDroppedBy(Rule.FORWARD_CLOSED);
    }

    @Test
    void seesMembershipReports() {
        assertThat(frame("a1", MULTICAST).igmp()).isDeliveredTo("mirror1", "up1[100]");
    }

    @Test
    void seesNothingOfAnotherSegment() {
        assertThat(frame("p1", BROADCAST)).isDeliveredTo("up1");
    }

    @Test
    void sharesTheSegmentWithOtherMirrors() {
        scenario.promiscuous("mirror2", true);

        assertThat(frame("a1", "b2")).isDeliveredTo("b2", "mirror1", "mirror2");
        assertThat(frame("mirror1", "b2")).isDeliveredTo("b2", "mirror2");
        assertThat(frame("up1", "a1").tagged(100)).isDeliveredTo("a1", "mirror1", "mirror2");
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a1", "mirror1");
    }

    @Test
    void endsWhenTheFlagGoes() {
        scenario.promiscuous("mirror1", false);

        assertThat(frame("a1", "b2")).isDeliveredTo("b2");
        assertThat(frame("a1", "mirror1")).isDeliveredTo("mirror1");
    }

    @Test
    void isDeniedWhereThePolicyRejectsIt() {
        scenario.promiscuous("b2", true);

        assertThat(frame("a1", "mirror2")).isDeliveredTo("mirror1", "mirror2");
        assertThat(scenario.effective("b2").promiscuousDenied()).isTrue();
        assertThat(scenario.effective("mirror1").promiscuousDenied()).isFalse();
    }

    @Test
    void seesAllVlansOfItsTrunkTagged() {
        scenario.trunk("trunk", "0", "100-199")
                .portGroup("trunk", trunk -> trunk.withSecurity(ACCEPT))
                .vnics("trunk", "t1")
                .promiscuous("t1", true);

        assertThat(frame("a1", "b2")).isDeliveredTo("b2", "mirror1", "t1[100]");
        assertThat(frame("up1", "p1")).isDeliveredTo("p1", "t1");
        assertThat(frame("up2", STRANGER).tagged(300)).isDeliveredTo();
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.TeamingPolicy.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UplinkTeamTest {
    private static final SecurityPolicy ACCEPT_PROMISCUOUS =
            new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.empty(), Optional.empty());

    private final Scenario scenario =
            Scenario.withUplinks("up1", "up2", "up3").portGroup("red", 100).vnics("red", "a1", "b2", "c3", "d1");

    @Test
    void spreadsVnicsOverTheUplinks() {
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(frame("c3", STRANGER)).isDeliveredTo("up3[100]");
        assertThat(frame("d1", STRANGER)).isDeliveredTo("up1[100]");
    }

    @Test
    void sendsNoFrameFromOneUplinkToAnother() {
        assertThat(frame("up1", STRANGER).tagged(100)).isDeliveredTo();
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a1", "d1");
    }

    @Test
    void keepsTheFramesOfAVnicWhoseUplinkHasNoPort() {
        scenario.withoutPort("up2");

        assertThat(frame("b2", STRANGER)).isDroppedBy(Rule.UPLINK_NONE);
        assertThat(frame("b2", BROADCAST)).isDeliveredTo("a1", "c3", "d1");
        assertThat(frame("a1", BROADCAST)).isDeliveredTo("b2", "c3", "d1", "up1[100]");
    }

    @Test
    void movesTheVnicsOfAnUplinkThatIsTakenAway() {
        scenario.uplinks("up1", "up3");

        assertThat(frame("b2", STRANGER)).isDeliveredTo("up3[100]");
        assertThat(frame("up3", "b2").tagged(100)).isDeliveredTo("b2");
        assertThat(frame("up2", "b2").tagged(100)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up1[100]");
    }

    @Test
    void movesTheVnicsOfAnUplinkThatLosesItsLinkAndNoOthers() {
        scenario.apply(state("up2", false));

        assertThat(frame("b2", STRANGER)).isDeliveredTo("up3[100]");
        assertThat(frame("up3", "b2").tagged(100)).isDeliveredTo("b2");
        assertThat(frame("up2", "b2").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(frame("c3", STRANGER)).isDeliveredTo("up3[100]");
    }

    @Test
    void bringsVnicsBackWhenTheUplinkHasBeenUpForTheFailbackDelay() {
        scenario.apply(state("up2", false)).apply(state("up2", true)).apply(settled(9_999));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up3[100]");

        scenario.apply(settled(10_000));

        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");
    }

    @Test
    void leavesVnicsWhereTheyAreWithoutFailback() {
        scenario.bridge(bridge -> bridge.withTeaming(team(Selection.ORIGINATING_PORT, List.of(), List.of(), false)))
                .apply(state("up2", false))
                .apply(state("up2", true))
                .apply(settled(60_000));

        assertThat(frame("b2", STRANGER)).isDeliveredTo("up3[100]");
    }

    @Test
    void usesStandbyUplinksOnlyWhileNoActiveOneIsUp() {
        scenario.portGroup(
                "red", red -> red.withTeaming(team(Selection.ORIGINATING_PORT, List.of("up1"), List.of("up2"), true)));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(frame("c3", STRANGER)).isDeliveredTo("up1[100]");

        scenario.apply(state("up1", false));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");

        scenario.apply(state("up2", false));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");

        scenario.apply(state("up1", true));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up1[100]");
    }

    @Test
    void usesTheFirstUplinkThatIsUpInExplicitFailover() {
        scenario.portGroup(
                "red",
                red -> red.withTeaming(team(Selection.EXPLICIT_FAILOVER, List.of("up3", "up1"), List.of(), true)));
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up3[100]");

        scenario.apply(state("up3", false));
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(frame("c3", STRANGER)).isDeliveredTo("up1[100]");

        scenario.apply(state("up3", true));
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up1[100]");
        scenario.apply(new TopologyChange.UplinkSettled(Scenario.BRIDGE, "up3", Duration.ofSeconds(10)));
        assertThat(frame("a1", STRANGER)).isDeliveredTo("up3[100]");
    }

    @Test
    void ignoresUplinksThatTheBridgeDoesNotKnow() {
        scenario.portGroup(
                "red",
                red -> red.withTeaming(
                        team(Selection.EXPLICIT_FAILOVER, List.of("elsewhere", "up2"), List.of(), true)));

        assertThat(frame("a1", STRANGER)).isDeliveredTo("up2[100]");
    }

    @Test
    void movesAsFewAsEvennessNeedsForANewUplink() {
        Scenario six = Scenario.withUplinks("up1", "up2")
                .portGroup("red", 100)
                .manyVnics("red", "v", 6)
                .port("up3")
                .uplinks("up1", "up2", "up3");

        assertThat(six.frame("v1", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(six.frame("v2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(six.frame("v3", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(six.frame("v4", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(six.frame("v5", STRANGER)).isDeliveredTo("up3[100]");
        assertThat(six.frame("v6", STRANGER)).isDeliveredTo("up3[100]");
    }

    @Test
    void takesUnicastFromTheFormerUplinkUntilPhysicalSwitchesHaveBeenTold() {
        scenario.apply(state("up2", false)).apply(state("up2", true)).apply(settled(10_000));

        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(frame("up2", "b2").tagged(100)).isDeliveredTo("b2");
        assertThat(frame("up3", "b2").tagged(100)).isDeliveredTo("b2");
        assertThat(frame("up1", "b2").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("up3", BROADCAST).tagged(100)).isDeliveredTo("c3");
        assertThat(frame("a1", "b2")).isDeliveredTo("b2");

        Attachment moved = scenario.effective("b2").attachment();
        scenario.apply(new TopologyChange.FormerUplinkLeft(moved.id(), moved.placement()));

        assertThat(frame("up2", "b2").tagged(100)).isDeliveredTo("b2");
        assertThat(frame("up3", "b2").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
    }

    @Test
    void showsMirrorsWhatComesByAFormerUplink() {
        scenario.bridge(bridge -> bridge.withSecurity(ACCEPT_PROMISCUOUS))
                .promiscuous("a1", true)
                .apply(state("up2", false))
                .apply(state("up2", true))
                .apply(settled(10_000));

        assertThat(frame("up3", "b2").tagged(100)).isDeliveredTo("a1", "b2");
    }

    @Test
    void hasNoFormerUplinkAfterALinkIsLost() {
        scenario.apply(state("up2", false));

        assertThat(frame("up2", "b2").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
    }

    private static TopologyChange state(String uplink, boolean up) {
        return new TopologyChange.UplinkStateChanged(Scenario.BRIDGE, uplink, up);
    }

    private static TopologyChange settled(long upForMillis) {
        return new TopologyChange.UplinkSettled(Scenario.BRIDGE, "up2", Duration.ofMillis(upForMillis));
    }

    private static TeamingPolicy team(
            Selection selection, List<String> active, List<String> standby, boolean failback) {
        return new TeamingPolicy(selection, active, standby, failback, TeamingPolicy.DEFAULT_FAILBACK_DELAY);
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.compiler.scenario.SentFrameAssert;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceGuardTest {
    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("plain", 0)
            .portGroup("red", 100)
            .vnics("red", "r1", "r2")
            .vnics("plain", "p1", "p2");

    @ParameterizedTest
    @ValueSource(strings = {"r2", "p1", STRANGER, "00:00:00:00:00:00"})
    void dropsFrameWithForgedSource(String source) {
        assertThat(frame("r1", BROADCAST).withSource(source)).isDroppedBy(Rule.GUARD_FORGED);
    }

    @Test
    void countsForgedFramesAtAFlowOfTheirSender() {
        SentFrameAssert forged = assertThat(frame("r2", "p1").withSource(STRANGER));

        assertThat(forged.lastFlow().orElseThrow().owner()).isEqualTo(new Owner.OfVnic(1));
    }

    @Test
    void dropsAGroupSource() {
        assertThat(frame("r1", "r2").withSource(MULTICAST)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("r1", "r2").withSource(BROADCAST)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("up1", "p1").withSource(MULTICAST)).isDroppedBy(Rule.GUARD_GROUP_SOURCE);
        assertThat(frame("up1", BROADCAST).withSource(BROADCAST)).isDroppedBy(Rule.GUARD_GROUP_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:80:c2:00:00:00", "01:80:c2:00:00:02", "01:80:c2:00:00:0e", "01:80:c2:00:00:0f"})
    void dropsLinkLocalControlFramesInBothDirections(String to) {
        assertThat(frame("r1", to)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
        assertThat(frame("up1", to)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
        assertThat(frame("up1", to).tagged(100)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
    }

    @Test
    void countsNoLinkLocalControlFrameAsForged() {
        assertThat(frame("r1", "01:80:c2:00:00:02").withSource(STRANGER)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
    }

    @Test
    void floodsTheGroupAddressNextToLinkLocalControl() {
        assertThat(frame("r1", "01:80:c2:00:00:10")).isDeliveredTo("r2", "up1[100]");
    }

    @Test
    void dropsTheReflectionOfAGuestsOwnFrame() {
        for (String uplink : List.of("up1", "up2")) {
            assertThat(frame(uplink, BROADCAST).withSource("r1").tagged(100)).isDroppedBy(Rule.GUARD_REFLECTION);
            assertThat(frame(uplink, "p2").withSource("p1")).isDroppedBy(Rule.GUARD_REFLECTION);
        }
    }

    @Test
    void admitsAGuestsAddressFromAnUplinkInAnotherSegment() {
        assertThat(frame("up1", BROADCAST).withSource("r1")).isDeliveredTo("p1");
        assertThat(frame("up2", BROADCAST).withSource("p1").tagged(100)).isDeliveredTo("r2");
    }

    @Test
    void admitsNothingOfAVnicThatIsWithheld() {
        scenario.withheld("r1");

        assertThat(frame("r1", BROADCAST)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("r2", BROADCAST)).isDeliveredTo("up2[100]");
        assertThat(frame("r2", "r1")).isDeliveredTo("up2[100]");
        assertThat(frame("up1", "r1").tagged(100)).isDeliveredTo();
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

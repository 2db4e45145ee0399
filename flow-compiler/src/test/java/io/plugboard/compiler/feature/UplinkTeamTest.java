package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import org.junit.jupiter.api.Test;

class UplinkTeamTest {
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

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

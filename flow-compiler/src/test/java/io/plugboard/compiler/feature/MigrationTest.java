package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.compiler.simulate.Trace;
import io.plugboard.topology.model.ActivateOn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bridge does with the frames of a vNIC that is about to come, or has just gone. */
class MigrationTest {
    private final Scenario scenario = Scenario.withUplinks("up")
            .portGroup("red", 100)
            .vnics("red", "a", "b")
            .arriving("red", ActivateOn.REQUEST, "prepared")
            .arriving("red", ActivateOn.FIRST_FRAME, "awaited");

    @Test
    void keepsThePortOfAPreparedVnicClosed() {
        assertThat(frame("prepared", "a")).isDroppedBy(Rule.PORT_PREPARED);
        assertThat(frame("prepared", BROADCAST)).isDroppedBy(Rule.PORT_PREPARED);
    }

    @Test
    void sendsFramesToAPreparedVnicWhereItIsStillActive() {
        for (String vnic : new String[] {"prepared", "awaited"}) {
            assertThat(frame("a", vnic)).isDeliveredTo("up[100]");
            assertThat(frame("up", vnic).tagged(100)).isDeliveredTo();
        }
        assertThat(frame("a", BROADCAST)).isDeliveredTo("b", "up[100]");
        assertThat(frame("up", MULTICAST).tagged(100)).isDeliveredTo("a", "b");
    }

    @Test
    void takesTheFramesOfAPreparedVnicFromWhereItIsStillActive() {
        assertThat(frame("up", "a").withSource("prepared").tagged(100)).isDeliveredTo("a");
        assertThat(frame("up", BROADCAST).withSource("awaited").tagged(100)).isDeliveredTo("a", "b");
    }

    @Test
    void forwardsTheFirstFramesOfAnAwaitedVnicAndShowsThemToTheController() {
        assertThat(frame("awaited", "a")).isDeliveredTo("a");
        assertThat(frame("awaited", STRANGER)).isDeliveredTo("up[100]");
        assertThat(frame("awaited", BROADCAST)).isDeliveredTo("a", "b", "up[100]");

        assertThat(copies(frame("awaited", "a"))).hasSize(1);
        assertThat(copies(frame("a", "b"))).isEmpty();
    }

    @Test
    void dropsForgedFramesOfAnAwaitedVnic() {
        assertThat(frame("awaited", "a").withSource(STRANGER)).isDroppedBy(Rule.GUARD_FORGED);
    }

    @Test
    void isAPlaceLikeAnyOtherOnceTheVnicHasMoved() {
        for (String vnic : new String[] {"prepared", "awaited"}) {
            scenario.arrived(vnic);
            assertThat(frame("a", vnic)).isDeliveredTo(vnic);
            assertThat(frame("up", vnic).tagged(100)).isDeliveredTo(vnic);
            assertThat(frame("up", "a").withSource(vnic).tagged(100)).isDroppedBy(Rule.GUARD_REFLECTION);
            assertThat(copies(frame(vnic, "a"))).isEmpty();
        }
        assertThat(frame("prepared", BROADCAST)).isDeliveredTo("a", "b", "awaited", "up[100]");
    }

    @Test
    void keepsThePlaceThatAVnicHasLeftOpenUntilTheOtherIs() {
        scenario.leaving("b");

        assertThat(frame("a", "b")).isDeliveredTo("b");
        assertThat(frame("b", "a")).isDeliveredTo("a");
        assertThat(frame("a", BROADCAST)).isDeliveredTo("b", "up[100]");

        scenario.left("b");

        assertThat(frame("a", "b")).isDeliveredTo("up[100]");
        assertThat(frame("b", "a")).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("a", BROADCAST)).isDeliveredTo("up[100]");
    }

    @Test
    void copiesTheReportsOfAGuestThatHasBeenAskedToTheController() {
        SentFrame report = frame("a", MULTICAST).igmp();
        assertThat(copies(report)).isEmpty();

        scenario.asked("a");

        assertThat(report).isDeliveredTo("up[100]");
        assertThat(copies(report)).hasSize(1);
        assertThat(copies(frame("b", MULTICAST).igmp())).isEmpty();
        assertThat(copies(frame("a", MULTICAST))).isEmpty();
    }

    private List<Trace.Step> copies(SentFrame sent) {
        return scenario.run(sent).path().stream()
                .filter(Trace.ControllerCopy.class::isInstance)
                .toList();
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("plain", 0)
            .portGroup("red", 100)
            .portGroup("alsoRed", 100)
            .vnics("red", "a1", "b2")
            .vnics("alsoRed", "c1", "d2")
            .vnics("plain", "e1");

    @Test
    void reachesEachOtherVnicOfTheSegmentAndTheSendersUplinkOnce() {
        assertThat(frame("a1", BROADCAST)).isDeliveredTo("b2", "c1", "d2", "up1[100]");
        assertThat(frame("d2", BROADCAST)).isDeliveredTo("a1", "b2", "c1", "up2[100]");
    }

    @Test
    void reachesTheVnicsPinnedToTheUplinkThatItComesInBy() {
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a1", "c1");
        assertThat(frame("up2", BROADCAST).tagged(100)).isDeliveredTo("b2", "d2");
        assertThat(frame("up1", BROADCAST)).isDeliveredTo("e1");
        assertThat(frame("up2", BROADCAST)).isDroppedBy(Rule.UPLINK_NONE);
    }

    @Test
    void reachesTheUplinkAloneFromTheOnlyVnicOfItsSegment() {
        assertThat(frame("e1", BROADCAST)).isDeliveredTo("up1");
    }

    @Test
    void staysOnABridgeWithoutUplinks() {
        Scenario island = Scenario.withUplinks().portGroup("red", 100).vnics("red", "a", "b", "c");

        assertThat(island.frame("a", BROADCAST)).isDeliveredTo("b", "c");
    }

    @Test
    void reachesEachOfMoreVnicsThanALinkHolds() {
        Scenario crowd =
                Scenario.withUplinks("up1", "up2").portGroup("red", 100).manyVnics("red", "a", 300);
        Stream<String> others =
                IntStream.rangeClosed(1, 300).filter(number -> number != 200).mapToObj(number -> "a" + number);

        assertThat(crowd.frame("a200", BROADCAST))
                .isDeliveredTo(Stream.concat(others, Stream.of("up2[100]")).toArray(String[]::new));
    }

    @Test
    void leavesOutVnicsWithoutAPort() {
        scenario.withoutPort("b2").withoutPort("c1");

        assertThat(frame("a1", BROADCAST)).isDeliveredTo("d2", "up1[100]");
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a1");
    }

    @Test
    void reachesNobodyWhereEachVnicOfTheSegmentIsWithheld() {
        scenario.withheld("e1");

        assertThat(frame("up1", BROADCAST)).isDroppedBy(Rule.UPLINK_NONE);
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

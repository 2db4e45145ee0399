package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import org.junit.jupiter.api.Test;

class UnicastForwardingTest {
    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("plain", 0)
            .portGroup("red", 100)
            .vnics("red", "onUp1", "onUp2", "alsoOnUp1")
            .vnics("plain", "plainOnUp2", "plainOnUp1");

    @Test
    void goesToTheOneVnicThatHasTheAddress() {
        assertThat(frame("onUp1", "onUp2")).isDeliveredTo("onUp2");
        assertThat(frame("onUp1", "alsoOnUp1")).isDeliveredTo("alsoOnUp1");
        assertThat(frame("plainOnUp1", "plainOnUp2")).isDeliveredTo("plainOnUp2");
    }

    @Test
    void comesInByTheUplinkOfItsReceiverOnly() {
        assertThat(frame("up1", "onUp1").tagged(100)).isDeliveredTo("onUp1");
        assertThat(frame("up2", "onUp1").tagged(100)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("up2", "plainOnUp2")).isDeliveredTo("plainOnUp2");
        assertThat(frame("up1", "plainOnUp2")).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
    }

    @Test
    void sendsAnUnknownAddressToTheUplinkAndToNoGuest() {
        assertThat(frame("onUp1", STRANGER)).isDeliveredTo("up1[100]");
        assertThat(frame("onUp2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(frame("onUp1", "plainOnUp1")).isDeliveredTo("up1[100]");
    }

    @Test
    void neverShowsAnUnknownAddressFromAnUplinkToAGuestOrAnotherUplink() {
        assertThat(frame("up1", STRANGER)).isDroppedBy(Rule.UPLINK_NONE);
        assertThat(frame("up2", STRANGER).tagged(100)).isDroppedBy(Rule.UPLINK_NONE);
    }

    @Test
    void doesNotComeBackToItsSender() {
        assertThat(frame("onUp1", "onUp1")).isDroppedBy(Rule.FORWARD_VNIC);
    }

    @Test
    void neverLearnsFromWhatGuestsSend() {
        assertThat(frame("onUp2", BROADCAST).withSource("onUp1")).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("alsoOnUp1", "onUp1")).isDeliveredTo("onUp1");
    }

    @Test
    void tellsTheSameAddressInTwoSegmentsApart() {
        MacAddress shared = MacAddress.parse("52:54:00:00:01:00");
        scenario.port("redTwin")
                .vnic("red", "redTwin", new PortRef.ByName("redTwin"), shared)
                .port("plainTwin")
                .vnic("plain", "plainTwin", new PortRef.ByName("plainTwin"), shared);

        assertThat(frame("onUp1", "redTwin")).isDeliveredTo("redTwin");
        assertThat(frame("plainOnUp1", "plainTwin")).isDeliveredTo("plainTwin");
        assertThat(frame("redTwin", "plainTwin")).isDroppedBy(Rule.FORWARD_VNIC);
    }

    @Test
    void staysOnABridgeWithoutUplinks() {
        Scenario island = Scenario.withUplinks().portGroup("red", 100).vnics("red", "a", "b");

        assertThat(island.frame("a", "b")).isDeliveredTo("b");
        assertThat(island.frame("a", STRANGER)).isDroppedBy(Rule.UPLINK_NONE);
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

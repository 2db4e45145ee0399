package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak: sources, control frames and reflections. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class SourceChecksIT {
    private static final String GROUP = "01:00:5e:00:00:fb";
    private static final String BRIDGE_GROUP = "01:80:c2:00:00:00";

    private final Network network;

    SourceChecksIT(Network network) {
        this.network = network;
    }

    @Test
    void dropsAndCountsFramesWithForgedSource() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c");

        network.frame("a", "b").times(10).isReceivedBy("b");
        network.frame("a", STRANGER).isReceivedBy("up1[100]");
        network.frame("a", "b").withSource(STRANGER).times(10).isReceivedByNobody();
        network.frame("a", BROADCAST).withSource("c").times(10).isReceivedByNobody();
        network.frame("a", STRANGER).withSource("b").isReceivedByNobody();
        network.awaitSpoofedDrops("a", 21).awaitSpoofedDrops("b", 0);
    }

    @Test
    void admitsAnyUnicastSourceWhereForgedTransmitsAreAccepted() {
        network.access("red", 100, "security: {forgedTransmits: accept}").vnics(ALONE, "red", "a", "b", "c");

        network.frame("a", "b").withSource(STRANGER).times(10).isReceivedBy("b");
        network.frame("a", BROADCAST).withSource(STRANGER).isReceivedBy("b", "c", "up1[100]");
        network.frame("a", "b").withSource(GROUP).isReceivedByNobody();

        network.vnic("a", "security: {forgedTransmits: reject}");
        network.frame("a", "b").withSource(STRANGER).isReceivedByNobody();
        network.frame("b", "a").withSource(STRANGER).isReceivedBy("a");
    }

    @Test
    void forgedSourceMovesNothing() {
        network.access("red", 100, "security: {forgedTransmits: accept}").vnics(ALONE, "red", "a", "b", "c");

        network.frame("a", BROADCAST).withSource("c").times(10).isReceivedBy("b", "c", "up1[100]");

        network.frame("b", "c").isReceivedBy("c");
        network.frame("up3", "c").tagged(100).isReceivedBy("c");
        network.frame("up1", "c").tagged(100).isReceivedByNobody();
    }

    @Test
    void dropsGroupAddressesAsSource() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b");

        network.frame("a", "b").withSource(GROUP).times(3).isReceivedByNobody();
        network.frame("a", BROADCAST).withSource(BROADCAST).isReceivedByNobody();
        network.frame("up1", "a").withSource(GROUP).tagged(100).isReceivedByNobody();
        network.frame("up1", BROADCAST).withSource(BROADCAST).tagged(100).isReceivedByNobody();
        network.awaitSpoofedDrops("a", 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {BRIDGE_GROUP, "01:80:c2:00:00:02", "01:80:c2:00:00:0e", "01:80:c2:00:00:0f"})
    void dropsLinkLocalControlInBothDirectionsAndDoesNotCountIt(String control) {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");

        network.frame("a", control).isReceivedByNobody();
        network.frame("a", control).withSource(STRANGER).isReceivedByNobody();
        network.frame("up1", control).tagged(100).isReceivedByNobody();
        network.frame("up1", control).isReceivedByNobody();
        network.frame("a", "b").withSource(STRANGER).isReceivedByNobody();
        network.awaitSpoofedDrops("a", 1);
    }

    @Test
    void forwardsGroupAddressesBesideThoseOfLinkLocalControl() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");

        network.frame("a", "01:80:c2:00:00:10").isReceivedBy("b", "c", "d", "up1[100]");
        network.frame("up1", "01:80:c2:00:00:10").tagged(100).isReceivedBy("a", "d");
    }

    @Test
    void forwardsLinkLocalControlOfPortGroupsThatAllowIt() {
        network.access("spanning", 100, "allowLinkLocalControl: true")
                .access("red", 100)
                .vnics(ALONE, "spanning", "a", "b", "c", "d")
                .vnics(ALONE, "red", "e", "f", "g");

        network.frame("a", BRIDGE_GROUP).isReceivedBy("b", "c", "d", "up1[100]");
        network.frame("up1", BRIDGE_GROUP).tagged(100).isReceivedBy("a", "d");
        network.frame("up2", BRIDGE_GROUP).tagged(100).isReceivedBy("b");
        network.frame("e", BRIDGE_GROUP).isReceivedByNobody();
    }

    @Test
    void dropsReflectionsOfEveryVnicOfTheSegmentFromEveryUplink() {
        network.access("red", 100).access("blue", 200).vnics(ALONE, "red", "a", "b", "c", "d");
        network.vnics(ALONE, "blue", "v", "w", "x");

        network.frame("up1", BROADCAST).withSource("a").tagged(100).times(10).isReceivedByNobody();
        network.frame("up2", BROADCAST).withSource("a").tagged(100).isReceivedByNobody();
        network.frame("up1", "d").withSource("a").tagged(100).isReceivedByNobody();
        network.frame("up1", "a").withSource("d").tagged(100).isReceivedByNobody();
        network.frame("up1", GROUP).withSource("d").tagged(100).isReceivedByNobody();

        network.frame("up2", BROADCAST).withSource("a").tagged(200).isReceivedBy("v");
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "d");
    }

    @Test
    void admitsTheAddressOfABlockedVnicFromTheUplink() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");
        network.filter("a", "mac: " + STRANGER).isInState("a", "blocked: macAddressChanged");

        network.frame("up1", "d").withSource("a").tagged(100).isReceivedBy("d");
    }
}

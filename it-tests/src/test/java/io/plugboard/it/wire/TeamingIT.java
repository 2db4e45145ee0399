package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which uplink a vNIC uses. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class TeamingIT {
    private static final String AT_ONCE = "teaming: {failbackDelayMs: 0}";
    private static final String NOT_TODAY = "teaming: {failbackDelayMs: 86400000}";

    private final Network network;

    TeamingIT(Network network) {
        this.network = network;
    }

    @Test
    void movesTheVnicsOfAnUplinkThatLosesItsCarrierAndNoOthers() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d", "e", "f");

        network.cutCable("up2").awaitUplink("b", "up1").awaitUplink("e", "up3");

        network.frame("b", STRANGER).times(10).isReceivedBy("up1[100]");
        network.frame("e", STRANGER).isReceivedBy("up3[100]");
        network.frame("a", STRANGER).isReceivedBy("up1[100]");
        network.frame("c", STRANGER).isReceivedBy("up3[100]");
        network.frame("d", STRANGER).isReceivedBy("up1[100]");
        network.frame("f", STRANGER).isReceivedBy("up3[100]");
        network.frame("up1", "b").tagged(100).isReceivedBy("b");
        network.frame("up3", "b").tagged(100).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "b", "d");
        network.frame("up3", BROADCAST).tagged(100).isReceivedBy("c", "e", "f");
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "e", "f", "up1[100]");
    }

    @Test
    void movesTheVnicsOfAnUplinkThatIsShutDown() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c");

        network.shut("up1").awaitUplink("a", "up2");

        network.frame("a", STRANGER).isReceivedBy("up2[100]");
        network.frame("up2", BROADCAST).tagged(100).isReceivedBy("a", "b");
        network.frame("up3", BROADCAST).tagged(100).isReceivedBy("c");
    }

    @Test
    void bringsVnicsBackAfterTheDelayOfTheirPortGroup() {
        network.access("soon", 100, AT_ONCE)
                .access("late", 100, NOT_TODAY)
                .access("never", 100, "teaming: {failback: false, failbackDelayMs: 0}")
                .vnics(ALONE, "never", "a")
                .vnics(ALONE, "soon", "b")
                .vnics(ALONE, "never", "c", "d")
                .vnics(ALONE, "late", "e")
                .vnics(ALONE, "never", "f", "g", "h");
        network.cutCable("up2").awaitUplink("b", "up1").awaitUplink("e", "up3").awaitUplink("h", "up3");

        network.mendCable("up2").awaitUplink("b", "up2");

        network.frame("b", STRANGER).isReceivedBy("up2[100]");
        network.frame("e", STRANGER).isReceivedBy("up3[100]");
        network.frame("h", STRANGER).isReceivedBy("up3[100]");
        network.frame("up2", BROADCAST).tagged(100).isReceivedBy("b");
        network.frame("up2", "b").tagged(100).isReceivedBy("b");
        network.frame("up2", "e").tagged(100).isReceivedByNobody();
        network.frame("up3", "e").tagged(100).isReceivedBy("e");
    }

    @Test
    void pinsVnicsEvenlyAndLeavesThemWhereTheyAreWhenOthersComeAndGo() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");
        network.frame("d", STRANGER).isReceivedBy("up1[100]");

        network.vnics(ALONE, "red", "e", "f").without("c");

        network.frame("a", STRANGER).isReceivedBy("up1[100]");
        network.frame("b", STRANGER).isReceivedBy("up2[100]");
        network.frame("d", STRANGER).isReceivedBy("up1[100]");
        network.frame("e", STRANGER).isReceivedBy("up2[100]");
        network.frame("f", STRANGER).isReceivedBy("up3[100]");
    }

    @Test
    void usesTheFirstUplinkThatIsUpAndStandbyLastInExplicitFailover() {
        String team = "teaming: {policy: explicitFailover, active: [up3, up1], standby: [up2], failbackDelayMs: 0}";
        network.access("red", 100, team).vnics(ALONE, "red", "a", "b");
        network.frame("a", STRANGER).isReceivedBy("up3[100]");
        network.frame("b", STRANGER).isReceivedBy("up3[100]");

        network.cutCable("up3").awaitUplink("a", "up1").awaitUplink("b", "up1");
        network.frame("b", STRANGER).isReceivedBy("up1[100]");
        network.frame("up2", "b").tagged(100).isReceivedByNobody();

        network.cutCable("up1").awaitUplink("a", "up2").awaitUplink("b", "up2");
        network.frame("a", STRANGER).isReceivedBy("up2[100]");
        network.frame("up2", BROADCAST).tagged(100).isReceivedBy("a", "b");

        network.mendCable("up1").awaitUplink("a", "up1").awaitUplink("b", "up1");
        network.mendCable("up3").awaitUplink("a", "up3").awaitUplink("b", "up3");
        network.frame("a", STRANGER).isReceivedBy("up3[100]");
        network.frame("up3", "b").tagged(100).isReceivedBy("b");
        network.frame("up1", BROADCAST).tagged(100).isReceivedByNobody();
    }

    @Test
    void usesStandbyUplinksOnlyWhileNoActiveOneIsUp() {
        network.access("red", 100, "teaming: {active: [up1, up2], standby: [up3], failbackDelayMs: 0}")
                .vnics(ALONE, "red", "a", "b");

        network.cutCable("up1").awaitUplink("a", "up2");
        network.frame("up3", "a").tagged(100).isReceivedByNobody();

        network.cutCable("up2").awaitUplink("a", "up3").awaitUplink("b", "up3");
        network.frame("a", STRANGER).isReceivedBy("up3[100]");
        network.frame("up3", BROADCAST).tagged(100).isReceivedBy("a", "b");
    }

    @Test
    void aMirrorMovesWithItsVnic() {
        network.access("red", 100, "security: {promiscuousMode: accept}")
                .vnics(ALONE, "red", "a", "mirror", "c")
                .filter("mirror", "promiscuous: true");

        network.cutCable("up2").awaitUplink("mirror", "up1");

        network.frame("up1", "02:00:00:00:00:98").tagged(100).isReceivedBy("mirror");
        network.frame("up3", "02:00:00:00:00:98").tagged(100).isReceivedByNobody();
        network.frame("up3", "c").tagged(100).isReceivedBy("c", "mirror");
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "mirror");
    }

    @Test
    void neighboursGoOnWithoutAnyUplink() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c");
        network.cutCable("up1").awaitUplink("a", "up2");
        network.cutCable("up2").awaitUplink("a", "up3").awaitUplink("b", "up3");
        network.cutCable("up3");

        network.frame("a", "b").isReceivedBy("b");
        network.frame("a", BROADCAST).isReceivedBy("b", "c");
    }
}

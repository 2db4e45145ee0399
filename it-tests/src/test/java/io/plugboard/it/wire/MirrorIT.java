package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promiscuous vNICs; {@code a} and {@code mirror} are pinned to up1, b to up2, c to up3. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class MirrorIT {
    private static final String ACCEPT = "security: {promiscuousMode: accept}";
    private static final String GROUP = "01:00:5e:00:00:fb";
    private static final String UNKNOWN = "02:00:00:00:00:98";

    private final Network network;

    MirrorIT(Network network) {
        this.network = network.access("red", 100, ACCEPT).access("blue", 200);
        network.vnics(ALONE, "red", "a", "b", "c", "mirror");
        network.filter("mirror", "promiscuous: true");
    }

    @Test
    void seesEveryFrameOfItsSegmentOnce() {
        network.frame("a", "b").times(10).isReceivedBy("b", "mirror");
        network.frame("b", UNKNOWN).isReceivedBy("mirror", "up2[100]");
        network.frame("a", BROADCAST).times(10).isReceivedBy("b", "c", "mirror", "up1[100]");
        network.frame("a", GROUP).isReceivedBy("b", "c", "mirror", "up1[100]");
        network.frame("a", "a").isReceivedBy("mirror");
    }

    @Test
    void getsItsOwnFramesOnceAndItsOwnDoNotComeBack() {
        network.filter("mirror", "{promiscuous: true, multicast: ['" + GROUP + "']}");

        network.frame("a", "mirror").times(10).isReceivedBy("mirror");
        network.frame("a", GROUP).isReceivedBy("b", "c", "mirror", "up1[100]");
        network.frame("up1", "mirror").tagged(100).isReceivedBy("mirror");
        network.frame("up2", "mirror").tagged(100).isReceivedByNobody();
        network.frame("mirror", "a").times(10).isReceivedBy("a");
        network.frame("mirror", UNKNOWN).isReceivedBy("up1[100]");
        network.frame("mirror", BROADCAST).isReceivedBy("a", "b", "c", "up1[100]");
        network.frame("mirror", "mirror").isReceivedByNobody();
    }

    @Test
    void seesNothingOfOtherSegments() {
        network.vnics(ALONE, "blue", "x", "y");

        network.frame("x", "y").isReceivedBy("y");
        network.frame("x", BROADCAST).isReceivedBy("y", "up2[200]");
        network.frame("up1", UNKNOWN).tagged(200).isReceivedByNobody();
        network.frame("up1", BROADCAST).isReceivedByNobody();
    }

    @Test
    void seesUnicastFromTheUplinkOfItsOwnerWhateverItsOwn() {
        network.frame("up1", "a").tagged(100).times(10).isReceivedBy("a", "mirror");
        network.frame("up2", "b").tagged(100).times(10).isReceivedBy("b", "mirror");
        network.frame("up3", "c").tagged(100).isReceivedBy("c", "mirror");
    }

    @Test
    void seesFloodedFramesFromItsOwnUplinkAlone() {
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "mirror");
        network.frame("up2", BROADCAST).tagged(100).isReceivedBy("b");
        network.frame("up1", GROUP).tagged(100).isReceivedBy("a", "mirror");
        network.frame("up3", GROUP).tagged(100).isReceivedBy("c");
        network.frame("up1", UNKNOWN).tagged(100).times(10).isReceivedBy("mirror");
        network.frame("up2", UNKNOWN).tagged(100).isReceivedByNobody();
        network.frame("up3", UNKNOWN).tagged(100).isReceivedByNobody();
    }

    @Test
    void doesNotSeeWhatIsDropped() {
        network.frame("a", "b").withSource(STRANGER).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(100).isReceivedByNobody();
        network.frame("a", "01:80:c2:00:00:00").isReceivedByNobody();
        network.frame("up1", "01:80:c2:00:00:00").tagged(100).isReceivedByNobody();
        network.frame("up1", BROADCAST).withSource("b").tagged(100).isReceivedByNobody();
        network.frame("up1", "b").tagged(100).isReceivedByNobody();
        network.frame("up1", "a").tagged(100, 100).isReceivedByNobody();

        network.filter("b", "mac: " + STRANGER).isInState("b", "blocked: macAddressChanged");
        network.frame("b", "a").isReceivedByNobody();
        network.frame("a", "b").isReceivedByNobody();
        network.frame("up2", "b").tagged(100).isReceivedByNobody();
    }

    @Test
    void isNoMirrorWhereThePolicyRejectsIt() {
        network.vnic("mirror", "security: {promiscuousMode: reject}").apply();
        assertThat(network.status("mirror").path("promiscuousDenied").asBoolean())
                .isTrue();

        network.frame("a", "b").isReceivedBy("b");
        network.frame("up1", UNKNOWN).tagged(100).isReceivedByNobody();
        network.frame("a", "mirror").isReceivedBy("mirror");
        network.frame("a", BROADCAST).isReceivedBy("b", "c", "mirror", "up1[100]");
    }

    @Test
    void endsWithTheFlag() {
        network.frame("a", "b").isReceivedBy("b", "mirror");

        network.filter("mirror");
        network.frame("a", "b").isReceivedBy("b");
        network.frame("a", BROADCAST).isReceivedBy("b", "c", "mirror", "up1[100]");
        network.frame("a", GROUP).isReceivedBy("b", "c", "up1[100]");

        network.filter("mirror", "promiscuous: true");
        network.frame("a", "b").isReceivedBy("b", "mirror");
    }

    @Test
    void severalMirrorsSeeEachFrameOnceAndEachOthers() {
        network.filter("c", "promiscuous: true");

        network.frame("a", "b").times(10).isReceivedBy("b", "c", "mirror");
        network.frame("a", BROADCAST).isReceivedBy("b", "c", "mirror", "up1[100]");
        network.frame("a", "c").isReceivedBy("c", "mirror");
        network.frame("c", "mirror").isReceivedBy("mirror");
        network.frame("mirror", UNKNOWN).isReceivedBy("c", "up1[100]");
        network.frame("up2", "b").tagged(100).isReceivedBy("b", "c", "mirror");
        network.frame("up3", UNKNOWN).tagged(100).isReceivedBy("c");
    }

    @Test
    void aTrunkSeesAllItsVlansTagged() {
        network.trunk("trunk", "[0, 100-199]", ACCEPT)
                .untagged("native")
                .vnics(ALONE, "trunk", "t")
                .vnics(ALONE, "native", "u")
                .vnics(ALONE, "blue", "x", "y")
                .filter("t", "promiscuous: true")
                .filter("mirror");

        network.frame("a", "b").times(10).isReceivedBy("b", "t[100]");
        network.frame("u", UNKNOWN).isReceivedBy("t", "up3");
        network.frame("x", "y").isReceivedBy("y");
        network.frame("a", BROADCAST).isReceivedBy("b", "c", "mirror", "t[100]", "up1[100]");
        network.frame("a", "t").isReceivedBy("t[100]");
        network.frame("t", UNKNOWN).tagged(150).isReceivedBy("up2[150]");
        network.frame("up2", UNKNOWN).tagged(150).isReceivedBy("t[150]");
        network.frame("up2", UNKNOWN).isReceivedBy("t");
        network.frame("up1", UNKNOWN).tagged(150).isReceivedByNobody();
        network.frame("up3", "c").tagged(100).isReceivedBy("c", "t[100]");
    }

    @Test
    void anUntaggedMirrorSeesTheUntaggedSegment() {
        network.untagged("native", ACCEPT)
                .vnics(ALONE, "native", "u", "v", "w")
                .filter("u", "promiscuous: true")
                .filter("mirror");

        network.frame("v", "w").isReceivedBy("w", "u");
        network.frame("v", BROADCAST).tagged(0).isReceivedBy("u", "w", "up3");
        network.frame("a", "b").isReceivedBy("b");
        network.frame("up2", UNKNOWN).isReceivedBy("u");
        network.frame("up2", UNKNOWN).tagged(100).isReceivedByNobody();
    }
}

package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.FAR;
import static io.plugboard.it.wire.Lab.OUTSIDE;
import static io.plugboard.it.wire.Lab.TEAM;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two uplinks on one physical switch, which learns, and floods what it does not know to both of them: everybody gets each
 * frame once. Of the team {@code a} and {@code c} are pinned to the one uplink, b and d to the other.
 */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class PhysicalSwitchIT {
    private static final String WIRE = OUTSIDE + "[100]";
    private static final String GROUP = "01:00:5e:00:00:fb";
    private static final String UNKNOWN = "02:00:00:00:00:98";

    private final Network network;

    PhysicalSwitchIT(Network network) {
        this.network = network.access("red", 100, "security: {promiscuousMode: accept}")
                .vnics(TEAM, "red", "a", "b", "c", "d")
                .vnics(FAR, "red", "far");
    }

    @Test
    void everybodyGetsEachFrameOfATeamOnce() {
        for (String sender : new String[] {"a", "b"}) {
            String other = sender.equals("a") ? "b" : "a";
            network.frame(sender, BROADCAST).times(10).isReceivedBy(other, "c", "d", "far", WIRE);
            network.frame(sender, GROUP).isReceivedBy(other, "c", "d", "far", WIRE);
            network.frame(sender, other).isReceivedBy(other);
            network.frame(sender, UNKNOWN).isReceivedBy(WIRE);
        }
        network.frame("a", "far").isReceivedBy("far", WIRE);
        network.frame("far", "a").isReceivedBy("a");
        network.frame("a", "far").isReceivedBy("far");
    }

    @Test
    void everybodyGetsEachFrameForATeamOnceBeforeTheSwitchHasLearntAndAfter() {
        network.frame(OUTSIDE, BROADCAST).tagged(100).times(10).isReceivedBy("a", "b", "c", "d", "far");
        network.frame(OUTSIDE, GROUP).tagged(100).isReceivedBy("a", "b", "c", "d", "far");
        network.frame(OUTSIDE, "a").tagged(100).times(10).isReceivedBy("a");
        network.frame("far", "b").isReceivedBy("b", WIRE);
        network.frame(OUTSIDE, UNKNOWN).tagged(100).isReceivedByNobody();

        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "far", WIRE);
        network.frame("far", "b").times(10).isReceivedBy("b");
        network.frame(OUTSIDE, "b").tagged(100).isReceivedBy("b");
    }

    @Test
    void aMirrorInATeamSeesEachFrameForItsNeighboursOnce() {
        network.filter("c", "promiscuous: true");

        network.frame(OUTSIDE, "a").tagged(100).times(10).isReceivedBy("a", "c");
        network.frame(OUTSIDE, "b").tagged(100).times(10).isReceivedBy("b", "c");
        network.frame("far", "b").isReceivedBy("b", "c", WIRE);
        network.frame(OUTSIDE, BROADCAST).tagged(100).times(10).isReceivedBy("a", "b", "c", "d", "far");
        network.frame(OUTSIDE, GROUP).tagged(100).times(10).isReceivedBy("a", "b", "c", "d", "far");
        network.frame(OUTSIDE, UNKNOWN).tagged(100).times(10).isReceivedBy("c");
        network.frame("far", UNKNOWN).isReceivedBy("c", WIRE);
        network.frame(OUTSIDE, "c").tagged(100).isReceivedBy("c");
    }

    @Test
    void aMirrorInATeamSeesEachFrameForItsNeighboursOnceWhenTheSwitchHasLearnt() {
        network.filter("c", "promiscuous: true");
        for (String learnt : new String[] {"a", "b"}) {
            String other = learnt.equals("a") ? "b" : "a";
            network.frame(learnt, BROADCAST).isReceivedBy(other, "c", "d", "far", WIRE);
            network.frame(OUTSIDE, learnt).tagged(100).times(10).isReceivedBy(learnt, "c");
        }
    }

    @Test
    void aMirrorInATeamSeesEachFrameOfItsNeighboursOnce() {
        network.filter("c", "promiscuous: true");

        network.frame("a", "b").times(10).isReceivedBy("b", "c");
        network.frame("a", "far").times(10).isReceivedBy("c", "far", WIRE);
        network.frame("b", "far").isReceivedBy("c", "far", WIRE);
        network.frame("a", BROADCAST).times(10).isReceivedBy("b", "c", "d", "far", WIRE);
        network.frame("b", BROADCAST).times(10).isReceivedBy("a", "c", "d", "far", WIRE);
        network.frame("b", GROUP).isReceivedBy("a", "c", "d", "far", WIRE);
        network.frame("a", UNKNOWN).isReceivedBy("c", WIRE);
        network.frame("b", UNKNOWN).isReceivedBy("c", WIRE);
        network.frame("c", BROADCAST).isReceivedBy("a", "b", "d", "far", WIRE);
        network.frame("c", UNKNOWN).isReceivedBy(WIRE);
    }

    @Test
    void mirrorsOnBothUplinksSeeEachFrameOnce() {
        network.filter("c", "promiscuous: true").filter("d", "promiscuous: true");

        network.frame(OUTSIDE, "a").tagged(100).isReceivedBy("a", "c", "d");
        network.frame(OUTSIDE, "b").tagged(100).isReceivedBy("b", "c", "d");
        network.frame(OUTSIDE, "c").tagged(100).isReceivedBy("c", "d");
        network.frame(OUTSIDE, UNKNOWN).tagged(100).isReceivedBy("c", "d");
        network.frame(OUTSIDE, BROADCAST).tagged(100).isReceivedBy("a", "b", "c", "d", "far");
        network.frame("a", UNKNOWN).isReceivedBy("c", "d", WIRE);
        network.frame("c", UNKNOWN).isReceivedBy("d", WIRE);
    }

    @Test
    void trunksOnATeamGetEachFrameOnce() {
        network.trunk("trunk", "[0-4094]", "security: {promiscuousMode: accept}")
                .vnics(TEAM, "trunk", "t")
                .filter("t", "promiscuous: true");

        network.frame(OUTSIDE, "a").tagged(100).isReceivedBy("a", "t[100]");
        network.frame(OUTSIDE, "b").tagged(100).isReceivedBy("b", "t[100]");
        network.frame(OUTSIDE, UNKNOWN).tagged(300).isReceivedBy("t[300]");
        network.frame("t", BROADCAST).tagged(100).isReceivedBy("a", "b", "c", "d", "far", WIRE);
        network.frame("a", BROADCAST).isReceivedBy("b", "c", "d", "t[100]", "far", WIRE);
    }

    @Test
    void reportsAndControlFramesOfATeamReachNoNeighbourByTheSwitch() {
        network.frame("a", "01:00:5e:00:00:16").igmp().isReceivedBy("far", WIRE);
        network.frame("a", "01:80:c2:00:00:00").isReceivedByNobody();
        network.frame(OUTSIDE, "01:80:c2:00:00:00").tagged(100).isReceivedByNobody();
        network.frame("a", BROADCAST).withSource(STRANGER).isReceivedByNobody();
    }

    @Test
    void everybodyGetsEachFrameOnceWhenAnUplinkHasLostItsLink() {
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "far", WIRE);
        network.cutCable("t2").awaitUplink("b", "t1").awaitUplink("d", "t1");

        network.frame(OUTSIDE, BROADCAST).tagged(100).times(10).isReceivedBy("a", "b", "c", "d", "far");
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "far", WIRE);
        network.frame(OUTSIDE, "b").tagged(100).isReceivedBy("b");
        network.frame("far", "b").isReceivedBy("b");
    }
}

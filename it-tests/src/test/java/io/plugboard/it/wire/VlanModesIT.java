package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.VlanTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tags: which a guest and an uplink may send, and which they get. Every vNIC is pinned to up1. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class VlanModesIT {
    private static final VlanTag SERVICE_TAG = new VlanTag(EtherType.SERVICE_VLAN, 100, 0);
    private static final VlanTag URGENT_PRIORITY_TAG = new VlanTag(EtherType.VLAN, 0, 5);

    private final Network network;

    VlanModesIT(Network network) {
        this.network = network.bridge(ALONE, "teaming: {active: [up1]}")
                .access("red", 100)
                .access("blue", 400)
                .untagged("native")
                .trunk("some", "[0, 100-199, 300]")
                .trunk("all", "[0-4094]")
                .vnics(ALONE, "red", "a", "b")
                .vnics(ALONE, "blue", "z")
                .vnics(ALONE, "native", "u");
    }

    @Test
    void anAccessVnicSendsAndGetsNoTagsAndItsUplinkDoes() {
        network.frame("a", BROADCAST).isReceivedBy("b", "up1[100]");
        network.frame("z", BROADCAST).isReceivedBy("up1[400]");
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "b");
        network.frame("up1", "z").tagged(400).isReceivedBy("z");
    }

    @Test
    void dropsTagsOfAccessVnicsTheirOwnVlansIncluded() {
        network.frame("a", "b").tagged(100).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(400).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(SERVICE_TAG).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(100, 400).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(4095).isReceivedByNobody();
        network.frame("u", BROADCAST).tagged(100).isReceivedByNobody();
    }

    @Test
    void removesPriorityTagsAndDropsWhatHidesBehindThem() {
        network.frame("a", "b").tagged(0).isReceivedBy("b");
        network.frame("a", BROADCAST).tagged(URGENT_PRIORITY_TAG).isReceivedBy("b", "up1[100]");
        network.frame("u", STRANGER).tagged(0).isReceivedBy("up1");

        network.frame("a", "b").tagged(0, 100).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(0, 400).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(0, 0).isReceivedByNobody();
        network.frame("a", BROADCAST).tagged(SERVICE_TAG).tagged(0).isReceivedByNobody();
        network.frame("u", BROADCAST).tagged(0, 100).isReceivedByNobody();
    }

    @Test
    void dropsDoubleTagsFromTheUplink() {
        network.frame("up1", BROADCAST).tagged(100, 400).isReceivedByNobody();
        network.frame("up1", "a").tagged(100, 100).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(0, 100).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(SERVICE_TAG).tagged(100).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(4095).isReceivedByNobody();
    }

    @Test
    void untaggedFramesAreASegmentOfTheirOwn() {
        network.vnics(ALONE, "native", "v");

        network.frame("u", BROADCAST).isReceivedBy("v", "up1");
        network.frame("up1", BROADCAST).isReceivedBy("u", "v");
        network.frame("up1", BROADCAST).tagged(0).isReceivedBy("u", "v");
        network.frame("up1", "u").isReceivedBy("u");
        network.frame("up1", "u").tagged(100).isReceivedByNobody();
        network.frame("u", "a").isReceivedBy("up1");
    }

    @Test
    void aTrunkVnicSendsAndGetsTheTagsOfItsVlans() {
        network.vnics(ALONE, "some", "s", "t");

        network.frame("t", BROADCAST).tagged(100).times(10).isReceivedBy("a", "b", "s[100]", "up1[100]");
        network.frame("t", BROADCAST).tagged(199).isReceivedBy("s[199]", "up1[199]");
        network.frame("t", BROADCAST).tagged(300).isReceivedBy("s[300]", "up1[300]");
        network.frame("t", BROADCAST).isReceivedBy("u", "s", "up1");
        network.frame("t", BROADCAST).tagged(0).isReceivedBy("u", "s", "up1");
        network.frame("t", "s").tagged(150).isReceivedBy("s[150]");
        network.frame("t", "s").isReceivedBy("s");
        network.frame("t", "a").tagged(100).isReceivedBy("a");

        network.frame("a", BROADCAST).isReceivedBy("b", "s[100]", "t[100]", "up1[100]");
        network.frame("a", "t").isReceivedBy("t[100]");
        network.frame("u", BROADCAST).isReceivedBy("s", "t", "up1");
        network.frame("u", "t").isReceivedBy("t");
        network.frame("z", BROADCAST).isReceivedBy("up1[400]");
    }

    @Test
    void dropsTagsThatATrunkDoesNotCarry() {
        network.vnics(ALONE, "some", "s", "t");

        for (int other : new int[] {1, 99, 200, 299, 301, 400, 4094, 4095}) {
            network.frame("t", BROADCAST).tagged(other).isReceivedByNobody();
            network.frame("up1", "t").tagged(other).isReceivedByNobody();
        }
        network.frame("t", "s").tagged(100, 150).isReceivedByNobody();
        network.frame("t", "s").tagged(0, 150).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(400).isReceivedBy("z");
    }

    @Test
    void deliversToTrunksFromTheUplinkWithTheTag() {
        network.vnics(ALONE, "some", "s", "t");

        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "b", "s[100]", "t[100]");
        network.frame("up1", BROADCAST).tagged(300).isReceivedBy("s[300]", "t[300]");
        network.frame("up1", BROADCAST).isReceivedBy("u", "s", "t");
        network.frame("up1", "t").tagged(199).isReceivedBy("t[199]");
        network.frame("up1", "t").isReceivedBy("t");
        network.frame("up1", BROADCAST).withSource("t").tagged(199).isReceivedByNobody();
    }

    @Test
    void aTrunkOfAllVlansCarriesThemAll() {
        network.vnics(ALONE, "all", "s", "t");

        for (int vlan : new int[] {1, 2, 100, 1023, 1024, 2048, 4093, 4094}) {
            String[] receivers = vlan == 100
                    ? new String[] {"a", "b", "s[100]", "up1[100]"}
                    : new String[] {"s[" + vlan + "]", "up1[" + vlan + "]"};
            network.frame("t", BROADCAST).tagged(vlan).isReceivedBy(receivers);
            network.frame("up1", "t").tagged(vlan).isReceivedBy("t[" + vlan + "]");
        }
        network.frame("t", BROADCAST).isReceivedBy("u", "s", "up1");
        network.frame("t", BROADCAST).tagged(4095).isReceivedByNobody();
    }

    @Test
    void sharesASegmentWithMulticastListenersOnTrunks() {
        String group = "01:00:5e:00:00:fb";
        network.vnics(ALONE, "some", "s", "t");
        network.filter("s", "multicast: ['" + group + "']").filter("t").filter("b", "multicast: ['" + group + "']");

        network.frame("a", group).isReceivedBy("b", "s[100]", "up1[100]");
        network.frame("t", group).tagged(100).isReceivedBy("a", "b", "s[100]", "up1[100]");
        network.frame("t", group).tagged(300).isReceivedBy("s[300]", "up1[300]");
        network.frame("up1", group).tagged(300).isReceivedBy("s[300]");
    }
}

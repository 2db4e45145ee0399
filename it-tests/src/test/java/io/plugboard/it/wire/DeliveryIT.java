package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where frames go, from a vNIC and from each uplink; {@code a} and {@code d} are pinned to up1, b to up2, c to up3. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class DeliveryIT {
    private static final String ALL_HOSTS = "01:00:5e:00:00:01";
    private static final String OSPF = "01:00:5e:00:00:05";
    private static final String MDNS = "01:00:5e:00:00:fb";
    private static final String SOLICITED_NODE = "33:33:ff:00:00:01";
    private static final int MOST_MULTICAST = 1024;

    private final Network network;

    DeliveryIT(Network network) {
        this.network = network.access("red", 100).access("blue", 200);
        network.vnics(ALONE, "red", "a", "b", "c", "d").vnics(ALONE, "blue", "elsewhere");
    }

    @Test
    void deliversUnicastOfVnicsToItsOwnerAlone() {
        network.frame("a", "b").times(10).isReceivedBy("b");
        network.frame("a", "d").isReceivedBy("d");
        network.frame("c", "a").isReceivedBy("a");
        network.frame("a", "a").isReceivedByNobody();
        network.frame("a", "elsewhere").isReceivedBy("up1[100]");
    }

    @Test
    void sendsUnknownUnicastOfVnicsToTheirUplink() {
        network.frame("a", STRANGER).times(10).isReceivedBy("up1[100]");
        network.frame("b", STRANGER).isReceivedBy("up2[100]");
        network.frame("c", STRANGER).isReceivedBy("up3[100]");
        network.frame("d", STRANGER).isReceivedBy("up1[100]");
        network.frame("elsewhere", STRANGER).isReceivedBy("up2[200]");
    }

    @Test
    void deliversBroadcastsOfVnicsToAllOthersAndToTheUplinkOnce() {
        network.frame("a", BROADCAST).times(10).isReceivedBy("b", "c", "d", "up1[100]");
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "up2[100]");
        network.frame("elsewhere", BROADCAST).isReceivedBy("up2[200]");
    }

    @Test
    void deliversUnicastFromAnUplinkWhenItsOwnerIsPinnedToIt() {
        network.frame("up1", "a").tagged(100).times(10).isReceivedBy("a");
        network.frame("up1", "d").tagged(100).isReceivedBy("d");
        network.frame("up2", "b").tagged(100).isReceivedBy("b");
        network.frame("up3", "c").tagged(100).isReceivedBy("c");

        network.frame("up2", "a").tagged(100).isReceivedByNobody();
        network.frame("up3", "a").tagged(100).isReceivedByNobody();
        network.frame("up1", "b").tagged(100).isReceivedByNobody();
        network.frame("up1", "a").tagged(200).isReceivedByNobody();
        network.frame("up1", "a").isReceivedByNobody();
    }

    @Test
    void dropsUnknownUnicastFromEveryUplink() {
        for (String uplink : ALONE.uplinks()) {
            network.frame(uplink, "02:00:00:00:00:98").tagged(100).isReceivedByNobody();
            network.frame(uplink, "02:00:00:00:00:98").isReceivedByNobody();
        }
    }

    @Test
    void deliversBroadcastsFromAnUplinkToThoseThatArePinnedToIt() {
        network.frame("up1", BROADCAST).tagged(100).times(10).isReceivedBy("a", "d");
        network.frame("up2", BROADCAST).tagged(100).isReceivedBy("b");
        network.frame("up3", BROADCAST).tagged(100).isReceivedBy("c");
        network.frame("up2", BROADCAST).tagged(200).isReceivedBy("elsewhere");
        network.frame("up1", BROADCAST).tagged(300).isReceivedByNobody();
        network.frame("up1", BROADCAST).isReceivedByNobody();
    }

    @Test
    void deliversMulticastToThoseWhoseFilterHasItOrOverflowsOrIsUnknown() {
        network.filter("a", "multicast: ['" + MDNS + "']").filter("b", "multicast: ['" + OSPF + "']");
        network.filter("d", "allMulticast: true");

        network.frame("b", MDNS).times(10).isReceivedBy("a", "c", "d", "up2[100]");
        network.frame("a", MDNS).isReceivedBy("c", "d", "up1[100]");
        network.frame("a", "33:33:00:00:00:fb").isReceivedBy("c", "d", "up1[100]");
        network.frame("c", OSPF).isReceivedBy("b", "d", "up3[100]");
        network.frame("c", BROADCAST).isReceivedBy("a", "b", "d", "up3[100]");

        network.frame("up1", MDNS).tagged(100).isReceivedBy("a", "d");
        network.frame("up2", MDNS).tagged(100).isReceivedByNobody();
        network.frame("up3", MDNS).tagged(100).isReceivedBy("c");
        network.frame("up1", OSPF).tagged(100).isReceivedBy("d");
        network.frame("up2", OSPF).tagged(100).isReceivedBy("b");
    }

    @Test
    void takesAFilterWithMoreAddressesThanACardHasForAllMulticast() {
        String full = IntStream.rangeClosed(1, MOST_MULTICAST)
                .mapToObj(number -> "'01:00:5e:01:%02x:%02x'".formatted(number >> 8, number & 0xff))
                .collect(Collectors.joining(", "));
        network.filter("a", "multicast: [" + full + "]").filter("b", "multicast: [" + full + ", '" + OSPF + "']");
        network.filter("c").filter("d");

        network.frame("d", MDNS).isReceivedBy("b", "up1[100]");
        network.frame("d", "01:00:5e:01:00:01").isReceivedBy("a", "b", "up1[100]");
        network.frame("d", "01:00:5e:01:04:00").isReceivedBy("a", "b", "up1[100]");
        network.frame("up1", "01:00:5e:01:04:00").tagged(100).isReceivedBy("a");
    }

    @Test
    void deliversGroupsThatShareAMacAlike() {
        network.filter("a", "multicast: ['" + ALL_HOSTS + "']").filter("b", "multicast: ['" + OSPF + "']");
        network.filter("c").filter("d");

        for (String group : new String[] {"224.0.0.1", "239.0.0.1", "224.128.0.1"}) {
            network.frame("d", BROADCAST).udpTo(group).isReceivedBy("a", "up1[100]");
            network.frame("up1", BROADCAST).tagged(100).udpTo(group).isReceivedBy("a");
        }
        for (String group : new String[] {"224.0.0.5", "225.0.0.5", "239.128.0.5"}) {
            network.frame("d", BROADCAST).udpTo(group).isReceivedBy("b", "up1[100]");
            network.frame("up2", BROADCAST).tagged(100).udpTo(group).isReceivedBy("b");
        }
        network.frame("d", BROADCAST).udpTo("224.0.0.2").isReceivedBy("up1[100]");
    }

    @Test
    void deliversNeighbourSolicitationsToThoseWhoListen() {
        int neighbourSolicitation = 135;
        network.filter("a").filter("b", "multicast: ['" + SOLICITED_NODE + "']");
        network.filter("c", "multicast: ['33:33:00:00:00:01']").filter("d");

        network.frame("a", SOLICITED_NODE).icmpv6(neighbourSolicitation).isReceivedBy("b", "up1[100]");
        network.frame("up2", SOLICITED_NODE)
                .icmpv6(neighbourSolicitation)
                .tagged(100)
                .isReceivedBy("b");
        network.frame("a", "33:33:00:00:00:01").isReceivedBy("c", "up1[100]");
    }

    @Test
    void followsTheFilterAsItChanges() {
        network.filter("a")
                .filter("b", "multicast: ['" + OSPF + "']")
                .filter("c")
                .filter("d");
        network.frame("a", OSPF).isReceivedBy("b", "up1[100]");

        network.filter("b", "multicast: ['" + MDNS + "']").filter("c", "multicast: ['" + MDNS + "']");
        network.frame("a", OSPF).isReceivedBy("up1[100]");
        network.frame("a", MDNS).isReceivedBy("b", "c", "up1[100]");

        network.filter("b", "allMulticast: true");
        network.frame("a", MDNS).isReceivedBy("b", "c", "up1[100]");
        network.frame("a", OSPF).isReceivedBy("b", "up1[100]");
    }
}

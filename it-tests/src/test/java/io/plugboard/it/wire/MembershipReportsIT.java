package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IGMP and MLD of guests: for their uplink, for multicast routers and for mirrors. All but the mirror get all multicast. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class MembershipReportsIT {
    private static final String ALL_IGMPV3_ROUTERS = "01:00:5e:00:00:16";
    private static final String ALL_MLDV2_ROUTERS = "33:33:00:00:00:16";
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private final Network network;

    MembershipReportsIT(Network network) {
        this.network = network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d", "router", "mirror");
    }

    @Test
    void goesToTheUplinkAlone() {
        network.frame("a", ALL_IGMPV3_ROUTERS).igmp().times(10).isReceivedBy("up1[100]");
        network.frame("b", "01:00:5e:01:02:03").igmp().isReceivedBy("up2[100]");
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 131, 132, 143})
    void goesToTheUplinkAloneWithIpv6(int type) {
        network.frame("a", ALL_MLDV2_ROUTERS).icmpv6(type).isReceivedBy("up1[100]");
    }

    @Test
    void doesNotTakeOtherMessagesForReports() {
        network.frame("a", ALL_MLDV2_ROUTERS)
                .icmpv6(NEIGHBOUR_ADVERTISEMENT)
                .isReceivedBy("b", "c", "d", "router", "mirror", "up1[100]");
    }

    @Test
    void goesToMulticastRoutersTooAndComesFromThemToAll() {
        network.vnic("router", "multicastRouter: true");

        network.frame("a", ALL_IGMPV3_ROUTERS).igmp().isReceivedBy("router", "up1[100]");
        network.frame("a", ALL_MLDV2_ROUTERS).icmpv6(143).isReceivedBy("router", "up1[100]");
        network.frame("router", "01:00:5e:00:00:01").igmp().isReceivedBy("a", "b", "c", "d", "mirror", "up2[100]");
        network.frame("router", "33:33:00:00:00:01").icmpv6(130).isReceivedBy("a", "b", "c", "d", "mirror", "up2[100]");
    }

    @Test
    void goesToMirrors() {
        network.vnic("mirror", "security: {promiscuousMode: accept}").filter("mirror", "promiscuous: true");

        network.frame("a", ALL_IGMPV3_ROUTERS).igmp().isReceivedBy("mirror", "up1[100]");
        network.frame("mirror", ALL_IGMPV3_ROUTERS).igmp().isReceivedBy("up3[100]");
    }

    @Test
    void comesFromTheUplinkAsOtherMulticastDoes() {
        network.frame("up1", "01:00:5e:00:00:01").igmp().tagged(100).isReceivedBy("a", "d");
        network.frame("up1", "33:33:00:00:00:01").icmpv6(130).tagged(100).isReceivedBy("a", "d");
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastTest {
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOUR_SOLICITATION = 135;

    private final Scenario scenario =
            Scenario.withUplinks("up1", "up2").portGroup("red", 100).vnics("red", "a1", "b2", "c1");

    @Test
    void reachesEachVnicWhoseFilterNobodyHasReported() {
        assertThat(frame("a1", MULTICAST)).isDeliveredTo("b2", "c1", "up1[100]");
        assertThat(frame("up1", MULTICAST).tagged(100)).isDeliveredTo("a1", "c1");
        assertThat(frame("a1", "33:33:00:00:00:fb")).isDeliveredTo("b2", "c1", "up1[100]");
    }

    @Test
    void sendsAGuestsIgmpToItsUplinkOnly() {
        assertThat(frame("a1", MULTICAST).igmp()).isDeliveredTo("up1[100]");
        assertThat(frame("b2", "01:00:5e:00:00:01").igmp()).isDeliveredTo("up2[100]");
        assertThat(frame("b2", "a1").igmp()).isDeliveredTo("up2[100]");
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 131, 132, 143})
    void sendsAGuestsMldToItsUplinkOnly(int type) {
        assertThat(frame("a1", "33:33:00:00:00:16").icmpv6(type)).isDeliveredTo("up1[100]");
    }

    @ParameterizedTest
    @ValueSource(ints = {ROUTER_SOLICITATION, NEIGHBOUR_SOLICITATION})
    void floodsOtherIcmpv6(int type) {
        assertThat(frame("a1", "33:33:ff:00:00:01").icmpv6(type)).isDeliveredTo("b2", "c1", "up1[100]");
    }

    @Test
    void floodsQueriesAndReportsFromTheUplink() {
        assertThat(frame("up1", "01:00:5e:00:00:01").igmp().tagged(100)).isDeliveredTo("a1", "c1");
        assertThat(frame("up2", "33:33:00:00:00:01").icmpv6(130).tagged(100)).isDeliveredTo("b2");
    }

    @Test
    void keepsAGuestsReportOnABridgeWithoutUplinksFromItsNeighbours() {
        Scenario island = Scenario.withUplinks().portGroup("red", 100).vnics("red", "a", "b");

        assertThat(island.frame("a", MULTICAST).igmp()).isDroppedBy(Rule.UPLINK_NONE);
    }

    @Test
    void dropsAReportWithForgedSource() {
        assertThat(frame("a1", MULTICAST).igmp().withSource("b2")).isDroppedBy(Rule.GUARD_FORGED);
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

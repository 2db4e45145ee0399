package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.Vnic;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastTest {
    private static final String LINK_LOCAL = "01:80:c2:00:00:02";
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
    void reachesTheVnicsThatAskedForItAndThoseThatGetAll() {
        scenario.listening("a1", MULTICAST).listening("b2");

        assertThat(frame("c1", MULTICAST)).isDeliveredTo("a1", "up1[100]");
        assertThat(frame("b2", MULTICAST)).isDeliveredTo("a1", "c1", "up2[100]");
        assertThat(frame("up1", MULTICAST).tagged(100)).isDeliveredTo("a1", "c1");
        assertThat(frame("up2", MULTICAST).tagged(100)).isDeliveredTo();
        assertThat(frame("c1", BROADCAST)).isDeliveredTo("a1", "b2", "up1[100]");

        scenario.filterUnknown("b2");

        assertThat(frame("c1", MULTICAST)).isDeliveredTo("a1", "b2", "up1[100]");
    }

    @Test
    void followsTheNewestFilter() {
        scenario.listening("a1", MULTICAST).listening("b2").listening("c1");
        assertThat(frame("c1", MULTICAST)).isDeliveredTo("a1", "up1[100]");

        scenario.listening("a1").listening("b2", MULTICAST, "33:33:00:00:00:fb");

        assertThat(frame("c1", MULTICAST)).isDeliveredTo("b2", "up1[100]");
        assertThat(frame("up2", "33:33:00:00:00:fb").tagged(100)).isDeliveredTo("b2");
    }

    @Test
    void reachesEveryVnicWhoseTableHasOverflowed() {
        String[] many = IntStream.rangeClosed(0, RxFilter.MAX_MULTICAST)
                .mapToObj(number -> String.format("01:00:5e:01:%02x:%02x", number >> 8, number & 0xff))
                .toArray(String[]::new);
        scenario.listening("a1").listening("b2", many);

        assertThat(frame("c1", "33:33:00:00:00:77")).isDeliveredTo("b2", "up1[100]");
    }

    @Test
    void servesHundredsOfGroupsOfOneVnic() {
        String[] many = IntStream.range(0, 500)
                .mapToObj(number -> String.format("01:00:5e:01:%02x:%02x", number >> 8, number & 0xff))
                .toArray(String[]::new);
        scenario.listening("a1", many).listening("b2").listening("c1");

        assertThat(frame("b2", many[499])).isDeliveredTo("a1", "up2[100]");
        assertThat(frame("b2", MULTICAST)).isDeliveredTo("up2[100]");
    }

    @Test
    void letsAMulticastRouterHearReportsAndSpeakThem() {
        scenario.vnic("c1", Vnic::asMulticastRouter);

        assertThat(frame("a1", MULTICAST).igmp()).isDeliveredTo("c1", "up1[100]");
        assertThat(frame("a1", "33:33:00:00:00:16").icmpv6(143)).isDeliveredTo("c1", "up1[100]");
        assertThat(frame("c1", "01:00:5e:00:00:01").igmp()).isDeliveredTo("a1", "b2", "up1[100]");
    }

    @Test
    void sendsAGuestsIgmpToItsUplinkOnly() {
        assertThat(frame("a1", MULTICAST).igmp()).isDeliveredTo("up1[100]");
        assertThat(frame("b2", "01:00:5e:00:00:01").igmp()).isDeliveredTo("up2[100]");
        assertThat(frame("b2", "a1").igmp()).isDeliveredTo("up2[100]");
    }

    @Test
    void keepsAGuestsIgmpFromItsNeighboursInALinkLocalControlFrameToo() {
        scenario.portGroup("red", PortGroup::withLinkLocalControl).listening("c1", LINK_LOCAL);

        assertThat(frame("a1", LINK_LOCAL)).isDeliveredTo("b2", "c1", "up1[100]");
        assertThat(frame("a1", LINK_LOCAL).igmp()).isDeliveredTo("up1[100]");
        assertThat(frame("a1", LINK_LOCAL).icmpv6(130)).isDeliveredTo("up1[100]");
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

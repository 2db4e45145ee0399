package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationTest {
    private final Scenario scenario = Scenario.withUplinks("up1")
            .portGroup("plain", 0)
            .portGroup("red", 100)
            .portGroup("blue", 200)
            .vnics("plain", "p1", "p2")
            .vnics("red", "r1", "r2")
            .vnics("blue", "b1", "b2")
            .port("spare");

    @Test
    void tagsTheFrameOfAnAccessVnicTowardsTheUplink() {
        assertThat(frame("r1", STRANGER)).isDeliveredTo("up1[100]");
    }

    @Test
    void leavesTheFrameOfAnUntaggedVnicAsItIs() {
        assertThat(frame("p1", STRANGER)).isDeliveredTo("up1");
    }

    @Test
    void takesTheTagOffTowardsTheGuest() {
        assertThat(frame("up1", "r1").tagged(100)).isDeliveredTo("r1");
        assertThat(frame("r1", "r2")).isDeliveredTo("r2");
    }

    @Test
    void keepsVlansApart() {
        assertThat(frame("r1", BROADCAST)).isDeliveredTo("r2", "up1[100]");
        assertThat(frame("b1", BROADCAST)).isDeliveredTo("b2", "up1[200]");
        assertThat(frame("p1", BROADCAST)).isDeliveredTo("p2", "up1");
        assertThat(frame("r1", "b1")).isDeliveredTo("up1[100]");
        assertThat(frame("up1", "b1").tagged(100)).isDeliveredTo();
        assertThat(frame("up1", "b1")).isDeliveredTo();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 200, 4094})
    void dropsATaggedFrameOfAGuest(int vlan) {
        assertThat(frame("r1", BROADCAST).tagged(vlan)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("p1", BROADCAST).tagged(vlan)).isDroppedBy(Rule.PORT_UNUSED);
    }

    @Test
    void dropsTheReservedVlanFromEverybody() {
        scenario.trunk("all", "0-4094").vnics("all", "t");

        for (String from : new String[] {"r1", "p1", "t", "up1"}) {
            assertThat(frame(from, BROADCAST).tagged(4095)).isDroppedBy(Rule.PORT_RESERVED_TAG);
        }
    }

    @Test
    void takesAPriorityTagForTheSegmentOfItsPort() {
        assertThat(frame("r1", BROADCAST).tagged(0)).isDeliveredTo("r2", "up1[100]");
        assertThat(frame("p1", BROADCAST).tagged(0)).isDeliveredTo("p2", "up1");
        assertThat(frame("up1", BROADCAST).tagged(0)).isDeliveredTo("p1", "p2");
    }

    @Test
    void putsACustomerTagInThePlaceOfAGuestsServiceTag() {
        VlanTag serviceTag = new VlanTag(EtherType.SERVICE_VLAN, 0, 5);

        assertThat(frame("r1", BROADCAST).tagged(serviceTag)).isDeliveredTo("r2", "up1[100]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 4095})
    void dropsAGuestsFurtherTagBehindAPriorityTag(int vlan) {
        assertThat(frame("r1", BROADCAST).tagged(0, vlan)).isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
        assertThat(frame("p1", BROADCAST).tagged(0, vlan)).isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
        assertThat(frame("p1", BROADCAST)
                        .tagged(new VlanTag(EtherType.SERVICE_VLAN, vlan, 0))
                        .tagged(0))
                .isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
    }

    @Test
    void dropsAFurtherTagFromTheUplink() {
        assertThat(frame("up1", BROADCAST).tagged(100, 200)).isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
        assertThat(frame("up1", BROADCAST).tagged(0, 200)).isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
    }

    @Test
    void deliversAVlanThatNobodyUsesToNobody() {
        assertThat(frame("up1", BROADCAST).tagged(300)).isDroppedBy(Rule.UPLINK_NONE);
        assertThat(frame("up1", "r1").tagged(4095)).isDroppedBy(Rule.PORT_RESERVED_TAG);
    }

    @Test
    void takesNothingFromAPortThatIsNobodys() {
        assertThat(frame("spare", BROADCAST)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("spare", BROADCAST).tagged(100)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("spare", "r1").withSource("r2")).isDroppedBy(Rule.PORT_UNUSED);
    }

    @Test
    void servesTheBridgesOwnDeviceAsAVnic() {
        scenario.port(PortRef.LOCAL, "br0")
                .vnic("red", "host", new PortRef.ByNumber(PortRef.LOCAL), MacAddress.parse("52:54:00:00:01:00"));

        assertThat(frame("r1", "host")).isDeliveredTo("br0");
        assertThat(frame("br0", BROADCAST).withSource("host")).isDeliveredTo("r1", "r2", "up1[100]");
    }

    @Test
    void servesAVnicByTheNumberOfItsPort() {
        scenario.port(40, "tap40")
                .vnic("red", "numbered", new PortRef.ByNumber(40), MacAddress.parse("52:54:00:00:01:00"));

        assertThat(frame("r1", "numbered")).isDeliveredTo("tap40");
    }

    @Test
    void givesAnUplinksPortToNoVnicThatAsksForItsNumber() {
        scenario.vnic("red", "greedy", new PortRef.ByNumber(1), MacAddress.parse("52:54:00:00:01:00"));

        assertThat(frame("r1", BROADCAST)).isDeliveredTo("r2", "up1[100]");
        assertThat(frame("up1", BROADCAST).withSource("greedy")).isDeliveredTo("p1", "p2");
    }

    @Test
    void forgetsAPortThatIsGone() {
        scenario.withoutPort("r2").port("elsewhere");

        assertThat(frame("r1", BROADCAST)).isDeliveredTo("up1[100]");
        assertThat(frame("r1", "r2")).isDeliveredTo("up1[100]");
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.MULTICAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import org.junit.jupiter.api.Test;

class TrunkTest {
    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("red", 100)
            .portGroup("plain", 0)
            .trunk("all", "0-4094")
            .trunk("some", "100-199", "300")
            .vnics("red", "r1", "r2")
            .vnics("all", "all1")
            .vnics("some", "some2")
            .vnics("plain", "p1");

    @Test
    void carriesTheTagBothWays() {
        assertThat(frame("all1", STRANGER).tagged(7)).isDeliveredTo("up1[7]");
        assertThat(frame("all1", "r1").tagged(100)).isDeliveredTo("r1");
        assertThat(frame("r2", "all1")).isDeliveredTo("all1[100]");
        assertThat(frame("up1", "all1").tagged(4094)).isDeliveredTo("all1[4094]");
        assertThat(frame("up2", "all1").tagged(4094)).isDroppedBy(Rule.FORWARD_OUT_OF_REACH);
        assertThat(frame("some2", "all1").tagged(300)).isDeliveredTo("all1[300]");
    }

    @Test
    void takesFramesWithoutATagForTheUntaggedSegmentIfThatIsAmongItsVlans() {
        assertThat(frame("all1", BROADCAST)).isDeliveredTo("p1", "up1");
        assertThat(frame("all1", BROADCAST).tagged(0)).isDeliveredTo("p1", "up1");
        assertThat(frame("p1", "all1")).isDeliveredTo("all1");
        assertThat(frame("some2", BROADCAST)).isDroppedBy(Rule.PORT_UNUSED);
        assertThat(frame("some2", BROADCAST).tagged(0)).isDroppedBy(Rule.PORT_PRIORITY_TAG);
    }

    @Test
    void dropsTagsThatItDoesNotCarry() {
        for (int vlan : new int[] {1, 99, 200, 299, 301, 4094}) {
            assertThat(frame("some2", BROADCAST).tagged(vlan)).isDroppedBy(Rule.PORT_UNUSED);
        }
        for (int vlan : new int[] {100, 150, 199, 300}) {
            assertThat(frame("some2", STRANGER).tagged(vlan)).isDeliveredTo("up2[" + vlan + "]");
        }
        assertThat(frame("all1", BROADCAST).tagged(100, 200)).isDroppedBy(Rule.SEGMENT_DOUBLE_TAG);
    }

    @Test
    void isFloodedInEachOfItsVlans() {
        assertThat(frame("r1", BROADCAST)).isDeliveredTo("r2", "all1[100]", "some2[100]", "up1[100]");
        assertThat(frame("up1", BROADCAST).tagged(100)).isDeliveredTo("r1", "all1[100]");
        assertThat(frame("up2", BROADCAST).tagged(150)).isDeliveredTo("some2[150]");
        assertThat(frame("up1", BROADCAST).tagged(5)).isDeliveredTo("all1[5]");
        assertThat(frame("up2", BROADCAST).tagged(5)).isDeliveredTo();
    }

    @Test
    void listensToGroupAddressesInEachOfItsVlans() {
        scenario.listening("all1", MULTICAST).listening("some2").listening("r2", MULTICAST);

        assertThat(frame("r1", MULTICAST)).isDeliveredTo("r2", "all1[100]", "up1[100]");
        assertThat(frame("up1", MULTICAST).tagged(300)).isDeliveredTo("all1[300]");
        assertThat(frame("up1", "01:00:5e:00:00:aa").tagged(300)).isDeliveredTo();
    }

    @Test
    void isGuardedAgainstReflectionInEachOfItsVlans() {
        assertThat(frame("up2", BROADCAST).withSource("some2").tagged(150)).isDroppedBy(Rule.GUARD_REFLECTION);
        assertThat(frame("up1", BROADCAST).withSource("some2").tagged(200)).isDeliveredTo("all1[200]");
    }

    @Test
    void sharesAnAddressWithVnicsOfItsVlans() {
        String shared = "00:00:5e:00:01:01";
        scenario.vnic("all1", vnic -> vnic.withAllowedMacs(scenario.macs(shared)))
                .vnic("r2", vnic -> vnic.withAllowedMacs(scenario.macs(shared)));

        assertThat(frame("r1", shared)).isDeliveredTo("r2", "all1[100]", "up1[100]");
        assertThat(frame("p1", shared)).isDeliveredTo("all1", "up1");
        assertThat(frame("up2", shared).tagged(100)).isDeliveredTo("r2");
    }

    @Test
    void costsAHandfulOfFlowsForAllVlans() {
        Scenario bare = Scenario.withUplinks("up1", "up2").trunk("all", "0-4094");
        int before = bare.program().flows().size();
        int first = bare.vnics("all", "t").program().flows().size() - before;
        int second = bare.vnics("all", "u").program().flows().size() - before - first;

        assertThat(first).isLessThanOrEqualTo(14);
        assertThat(second).isLessThanOrEqualTo(11);
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

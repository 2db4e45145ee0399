package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that has died still says, in what is remembered of it, that a guest runs there that has been started elsewhere. */
class DeadHostTest {
    private static final VnicId VNIC = new VnicId("vm-1");

    private final PlanLab lab = new PlanLab();
    private final Host dead = new Host(1).managed("br0", 0xa1).vnic("br0", "tap1", 1, Keys.RUNNING, "true");
    private final Host second = new Host(2).managed("br0", 0xb1);
    private final Host third = new Host(3).managed("br0", 0xc1);

    @BeforeEach
    void evacuate() {
        lab.hears(dead, second, third).loses(dead).hears(second.vnic("br0", "tap1", 1, Keys.RUNNING, "true"));
        lab.closesWhatIsLeft();
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void guestThatIsSuspendedStaysWhereItIs() {
        lab.hears(second.set("tap1", Keys.RUNNING, "false"));

        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void vnicIsGoneWithItsRow() {
        lab.hears(second.unplug("tap1"));

        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void keepsNoPlaceWhereTheVnicMightGoNext() {
        assertThat(lab.second(1)).isEmpty();
        lab.hears(third.vnic("br0", "tap1", 1));
        assertThat(lab.verdict(third, "tap1")).isEqualTo(Verdict.PREPARED);

        lab.hears(second.unplug("tap1"));
        assertThat(lab.place(1)).contains("c1/tap1");
    }

    @Test
    void keepsNoPlaceEitherWithoutAnAgent() {
        lab.hears(third.vnic("br0", "tap1", 1))
                .changes(new MigrationActivated(VNIC))
                .closesWhatIsLeft();

        assertThat(lab.place(1)).contains("c1/tap1");
        assertThat(lab.second(1)).contains("prepared b1/tap1 REQUEST");
    }

    @Test
    void itsBridgeCanBeTakenOut() {
        lab.changes(new BridgeDeleted(new DatapathId(0xa1)));

        assertThat(lab.topology().bridges()).doesNotContainKey(new DatapathId(0xa1));
        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.knows(dead)).isFalse();
        assertThat(lab.knows(second)).isTrue();
    }

    @Test
    void takesNothingBackWhenItReturns() {
        lab.hears(dead);

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.verdict(dead, "tap1")).isEqualTo(Verdict.PREPARED);
    }

    @Test
    void takesNothingBackThatWasTakenOutAndStartedElsewhere() {
        Host lost = new Host(4).managed("br0", 0xd1).vnic("br0", "tap4", 4, Keys.RUNNING, "true");
        lab.hears(lost).loses(lost).changes(new VnicDetached(new VnicId("vm-4")));
        assertThat(lab.vnic(4)).isEmpty();
        lab.hears(third.vnic("br0", "tap4", 4, Keys.RUNNING, "true"));

        lab.hears(lost);

        assertThat(lab.place(4)).contains("c1/tap4");
    }

    /** Its database was made anew, or it was installed again. */
    @Test
    void isReplacedByTheHostThatHasItsBridge() {
        Host anew = new Host(5).managed("br0", 0xa1).vnic("br0", "tap7", 7);
        lab.hears(anew);

        assertThat(lab.place(7)).contains("a1/tap7");
        assertThat(lab.problems(0xa1)).isEmpty();
        assertThat(lab.knows(dead)).isFalse();
        assertThat(lab.place(1)).contains("b1/tap1");
    }
}

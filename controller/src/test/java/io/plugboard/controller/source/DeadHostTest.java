package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanMode;
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
    void isAProblemOfItsBridgeUntilItReturns() {
        assertThat(lab.problems(0xa1))
                .containsExactly("the database of its host is not connected: what is plugged in is what it said last");
        assertThat(lab.problems(0xb1)).isEmpty();

        lab.hears(dead);
        assertThat(lab.problems(0xa1)).isEmpty();
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

    @Test
    void takesNothingBackThoughItsBridgeWasTakenOutToo() {
        Host lost = new Host(4).managed("br0", 0xd1).vnic("br0", "tap4", 4, Keys.RUNNING, "true");
        lab.hears(lost).loses(lost).changes(new VnicDetached(new VnicId("vm-4")));
        lab.changes(new BridgeDeleted(new DatapathId(0xd1))).hears(third.vnic("br0", "tap4", 4));
        assertThat(lab.knows(lost)).isFalse();

        lab.hears(lost);

        assertThat(lab.place(4)).contains("c1/tap4");
    }

    @Test
    void takesNothingBackThoughItsRowIsAnotherThanWhenItWentAway() {
        lab.hears(dead.set("tap1", Keys.RUNNING, "false")).loses(dead);
        lab.hears(dead.set("tap1", Keys.RUNNING, "true")).loses(dead);
        assertThat(lab.place(1)).contains("b1/tap1");

        lab.hears(dead.vnic("br0", "tap1", 1, Keys.RUNNING, "true"));
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    /** What was left, nobody knows then. */
    @Test
    void winsNothingEitherAfterTheControllerHasStartedAgain() {
        lab.restarts().hears(second, dead).loses(dead).hears(second.set("tap1", Keys.RUNNING, "false"));

        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void getsNoVnicThatItHasNeverHad() {
        lab.hears(dead.vnic("br0", "tap5", 5, Keys.PORT_GROUP, "web")).loses(dead);
        lab.changes(new PortGroupPut(new PortGroup(new PortGroupName("web"), new VlanMode.Untagged())));
        assertThat(lab.vnic(5)).isEmpty();

        lab.hears(dead).loses(dead);
        assertThat(lab.place(5)).contains("a1/tap5");
    }

    @Test
    void thirdPlaceOnItWinsNothing() {
        Host last = new Host(4).managed("br0", 0xd1).vnic("br0", "tap1", 1);
        lab.hears(third.vnic("br0", "tap1", 1), last).loses(last);

        lab.hears(third.unplug("tap1"), second.unplug("tap1"));

        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void keepsItsBridgeWhileATwinIsConnected() {
        Host first = new Host(6).managed("br0", 0xf1).vnic("br0", "tap6", 6);
        Host twin = new Host(7).bridge("br0", 0xf1);
        Host markedTwin = new Host(8).managed("br0", 0xf1).vnic("br0", "tap8", 8);
        lab.hears(first, twin, markedTwin).loses(first);
        assertThat(lab.place(6)).contains("f1/tap6");

        lab.hears(first);
        assertThat(lab.place(6)).contains("f1/tap6");
        assertThat(lab.vnic(8)).isEmpty();
        assertThat(lab.problems(0xf1)).singleElement().asString().contains("have bridges with this datapath id");
    }

    @Test
    void isForgottenWhenItHasNothing() {
        Host empty = new Host(6);
        Host unborn = new Host(7).managed("br0", 0xf1).withoutDatapathIds();

        lab.hears(empty, unborn).loses(empty).loses(unborn);

        assertThat(lab.knows(empty)).isFalse();
        assertThat(lab.knows(unborn)).isFalse();
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

    @Test
    void wordThatItLeftBehindIsNoneWhenItComesBack() {
        lab.hears(dead);
        assertThat(lab.place(1)).contains("b1/tap1");

        lab.hears(second.set("tap1", Keys.RUNNING, "false"));
        assertThat(lab.place(1)).contains("b1/tap1");

        lab.hears(dead.set("tap1", Keys.RUNNING, "false"));
        lab.hears(dead.set("tap1", Keys.RUNNING, "true"));
        assertThat(lab.place(1)).contains("a1/tap1");
    }

    /** But for what has moved meanwhile. */
    @Test
    void rowThatCameWhileItsHostWasAwayIsADestinationLikeAnyOther() {
        lab.hears(third.vnic("br0", "tap5", 5)).loses(second);

        lab.hears(second.vnic("br0", "tap5", 5));

        assertThat(lab.second(5)).contains("prepared b1/tap5 FIRST_FRAME");
    }
}

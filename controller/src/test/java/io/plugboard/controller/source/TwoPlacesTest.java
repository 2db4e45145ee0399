package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VnicId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hypervisor migrates by itself: for a while the same vNIC is plugged in on two hosts. */
class TwoPlacesTest {
    private static final String FIRST_FRAME = "prepared b1/tap1 FIRST_FRAME";

    private final PlanLab lab = new PlanLab();
    private final Host a = new Host(1).managed("br0", 0xa1);
    private final Host b = new Host(2).managed("br0", 0xb1);

    @BeforeEach
    void bothAreHeard() {
        lab.hears(a, b);
    }

    private void pluggedAtA() {
        lab.hears(a.vnic("br0", "tap1", 1));
        assertThat(lab.place(1)).contains("a1/tap1");
    }

    private void atAAndPreparedAtB() {
        pluggedAtA();
        lab.hears(b.vnic("br0", "tap1", 1));
        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.second(1)).contains(FIRST_FRAME);
    }

    /** As the agent writes it. */
    private void running(Host host, boolean runs) {
        lab.hears(host.set("tap1", Keys.RUNNING, Boolean.toString(runs)));
    }

    private void firstFrameAtTheOther() {
        lab.changes(new MigrationActivated(new VnicId("vm-1")));
    }

    @Test
    void secondPlaceIsPreparedAndTheFirstStaysActive() {
        atAAndPreparedAtB();

        assertThat(lab.verdict(a, "tap1")).isEqualTo(Verdict.ACTIVE);
        assertThat(lab.verdict(b, "tap1")).isEqualTo(Verdict.PREPARED);
    }

    @Test
    void vnicMovesWhenItsGuestRunsThereAndNothingIsSaidHere() {
        atAAndPreparedAtB();

        running(b, true);

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.second(1)).contains("departing a1/tap1");
        assertThat(lab.verdict(a, "tap1")).isEqualTo(Verdict.LEAVING);
    }

    @Test
    void vnicMovesWhenItsGuestStartsThereThoughItRunsHereBySaying() {
        pluggedAtA();
        running(a, true);
        lab.hears(b.vnic("br0", "tap1", 1, Keys.RUNNING, "false"));
        assertThat(lab.second(1)).contains(FIRST_FRAME);

        running(b, true);

        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void vnicMovesWhenTheFirstPlaceIsUnplugged() {
        atAAndPreparedAtB();

        lab.hears(a.unplug("tap1"));

        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void vnicStaysWhenTheSecondPlaceIsUnplugged() {
        atAAndPreparedAtB();

        lab.hears(b.unplug("tap1"));

        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.second(1)).isEmpty();
    }

    @Test
    void placeThatWasLeftIsPreparedOnRequestAloneOnceItIsClosed() {
        atAAndPreparedAtB();
        firstFrameAtTheOther();
        assertThat(lab.second(1)).contains("departing a1/tap1");

        lab.closesWhatIsLeft();

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.second(1)).contains("prepared a1/tap1 REQUEST");
    }

    @Test
    void placeThatWasLeftDoesNotPullTheGuestBackWhileItsHostHasNotSaidThatItStopped() {
        pluggedAtA();
        running(a, true);
        lab.hears(b.vnic("br0", "tap1", 1, Keys.RUNNING, "false"));

        firstFrameAtTheOther();
        lab.closesWhatIsLeft();
        lab.hears(a, b);
        assertThat(lab.place(1)).contains("b1/tap1");

        running(a, false);
        assertThat(lab.place(1)).contains("b1/tap1");
        running(b, true);
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void latestStartWinsSoFailedMigrationGoesBack() {
        pluggedAtA();
        running(a, true);
        lab.hears(b.vnic("br0", "tap1", 1, Keys.RUNNING, "false"));
        running(a, false);
        running(b, true);
        assertThat(lab.place(1)).contains("b1/tap1");

        running(a, true);
        assertThat(lab.place(1)).contains("a1/tap1");

        running(b, false);
        lab.hears(b.unplug("tap1"));
        assertThat(lab.place(1)).contains("a1/tap1");
        lab.closesWhatIsLeft();
        assertThat(lab.second(1)).isEmpty();
    }

    @Test
    void guestThatStoppedWhereItHadJustGoneIsWhereItRuns() {
        pluggedAtA();
        running(a, true);
        lab.hears(b.vnic("br0", "tap1", 1));
        running(a, false);
        running(a, true);
        firstFrameAtTheOther();
        running(b, true);
        running(b, false);

        assertThat(lab.place(1)).contains("a1/tap1");
    }

    @Test
    void migrationBackIsOneLikeAnyOther() {
        atAAndPreparedAtB();
        running(b, true);
        lab.closesWhatIsLeft().hears(a.unplug("tap1"));

        lab.hears(a.vnic("br0", "tap1", 1));
        assertThat(lab.second(1)).contains("prepared a1/tap1 FIRST_FRAME");

        running(a, true);
        assertThat(lab.place(1)).contains("a1/tap1");
    }

    @Test
    void runningOneIsFirstWhereBothAppearAtOnce() {
        PlanLab late = new PlanLab()
                .hears(
                        a.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2),
                        b.vnic("br0", "tap1", 1, Keys.RUNNING, "true").vnic("br0", "tap2", 2));

        assertThat(late.place(1)).contains("b1/tap1");
        assertThat(late.place(2)).contains("a1/tap2");
    }

    @Test
    void thirdPlaceIsConflict() {
        atAAndPreparedAtB();
        Host c = new Host(3).managed("br0", 0xc1).vnic("br0", "tap1", 1);

        lab.hears(c);

        assertThat(lab.second(1)).contains(FIRST_FRAME);
        assertThat(lab.verdict(c, "tap1")).isEqualTo(Verdict.conflict("vNIC 'vm-1' is plugged in at two other places"));
        lab.hears(b.unplug("tap1"));
        assertThat(lab.second(1)).contains("prepared c1/tap1 FIRST_FRAME");
    }

    @Test
    void placeThatWasPreparedGoesWithItsRowThoughTheNextIsRefused() {
        atAAndPreparedAtB();
        Host c = new Host(3)
                .managed("br0", 0xc1)
                .plug("br0", "tap9", Keys.IFACE_ID, "vm-9", Keys.ATTACHED_MAC, Host.mac(1))
                .vnic("br0", "tap1", 1);
        lab.hears(c);

        lab.hears(b.unplug("tap1"));

        assertThat(lab.second(1)).isEmpty();
        assertThat(lab.verdict(c, "tap1").kind()).isEqualTo(Verdict.Kind.REFUSED);
    }

    @Test
    void placeThatCannotBeLeftIsActive() {
        pluggedAtA();
        Host c = new Host(3)
                .managed("br0", 0xc1)
                .plug("br0", "tap9", Keys.IFACE_ID, "vm-9", Keys.ATTACHED_MAC, Host.mac(1))
                .vnic("br0", "tap1", 1);
        lab.hears(c);

        lab.hears(c.set("tap1", Keys.RUNNING, "true"));

        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.verdict(a, "tap1")).isEqualTo(Verdict.ACTIVE);
        assertThat(lab.verdict(c, "tap1").kind()).isEqualTo(Verdict.Kind.REFUSED);
    }

    @Test
    void nothingIsSaidOfBridgesThatAreNotMarkedThoughTwoHaveOneId() {
        Host c = new Host(3).bridge("br0", 0xc1).vnic("br0", "tap1", 1);
        Host d = new Host(4).bridge("br0", 0xc1).vnic("br0", "tap2", 2);

        lab.hears(c, d);

        assertThat(lab.verdict(c, "tap1")).isEqualTo(Verdict.NOT_OURS);
        assertThat(lab.verdict(d, "tap2")).isEqualTo(Verdict.NOT_OURS);
    }

    @Test
    void placeWithAnotherMacIsConflict() {
        pluggedAtA();
        lab.hears(b.vnic("br0", "tap1", 1, Keys.ATTACHED_MAC, Host.mac(9)));

        assertThat(lab.second(1)).isEmpty();
        assertThat(lab.verdict(b, "tap1").reason()).startsWith("vNIC 'vm-1' has MAC " + Host.mac(1));
    }

    @Test
    void filterTravelsUntilTheDestinationSaysItsOwn() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.RX_FILTER, Host.mac(1) + " promiscuous"));
        lab.hears(b.vnic("br0", "tap1", 1));
        running(b, true);
        lab.closesWhatIsLeft();
        lab.hears(a.unplug("tap1"));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(true);

        lab.hears(b.set("tap1", Keys.RX_FILTER, Host.mac(1)));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(false);

        lab.hears(b.set("tap1", Keys.RX_FILTER, ""));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter)).isEmpty();
    }

    @Test
    void filterOfThePreparedPlaceDoesNotCountYet() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.RX_FILTER, Host.mac(1)));
        lab.hears(b.vnic("br0", "tap1", 1, Keys.RX_FILTER, Host.mac(1) + " promiscuous"));

        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(false);
    }

    @Test
    void afterRestartPlaceThatWasLeftIsStillPreparedOnRequest() {
        atAAndPreparedAtB();
        firstFrameAtTheOther();
        lab.closesWhatIsLeft();

        lab.restarts().hears(b, a);

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.second(1)).contains("prepared a1/tap1 REQUEST");
    }

    @Test
    void afterRestartPlaceWhoseGuestHasStoppedIsPreparedOnRequest() {
        pluggedAtA();
        running(a, true);
        b.vnic("br0", "tap1", 1, Keys.RUNNING, "false");

        lab.restarts().hears(a, b);

        assertThat(lab.second(1)).contains("prepared b1/tap1 REQUEST");
    }

    @Test
    void afterRestartVnicIsWhereItsGuestHasGoneMeanwhile() {
        atAAndPreparedAtB();
        running(a, true);
        firstFrameAtTheOther();
        lab.closesWhatIsLeft();
        assertThat(lab.place(1)).contains("b1/tap1");
        a.set("tap1", Keys.RUNNING, "true");
        b.set("tap1", Keys.RUNNING, "false");

        lab.restarts().hears(b, a);

        assertThat(lab.place(1)).contains("a1/tap1");
    }

    @Test
    void afterRestartVnicStaysOnHostThatHasNotBeenHeard() {
        atAAndPreparedAtB();

        lab.restarts().hears(b);
        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.second(1)).contains(FIRST_FRAME);

        running(b, true);
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void afterRestartDestinationOnHostThatHasNotBeenHeardStaysPrepared() {
        atAAndPreparedAtB();

        lab.restarts().hears(a);
        assertThat(lab.second(1)).contains(FIRST_FRAME);

        lab.hears(a.unplug("tap1"));
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void vnicGoesWithTheLastOfItsRows() {
        atAAndPreparedAtB();
        lab.hears(b.unplug("tap1")).hears(a.unplug("tap1"));

        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void guestOfDeadHostMovesWhereItIsStartedAnew() {
        pluggedAtA();
        running(a, true);
        lab.loses(a).hears(b.vnic("br0", "tap1", 1, Keys.RUNNING, "true"));

        assertThat(lab.place(1)).contains("b1/tap1");
    }

    @Test
    void guestThatWentBackWhileBothHostsWereAwayIsFollowed() {
        atAAndPreparedAtB();
        running(a, false);
        running(b, true);
        lab.closesWhatIsLeft().loses(a).loses(b);
        assertThat(lab.place(1)).contains("b1/tap1");

        lab.hears(a.set("tap1", Keys.RUNNING, "true"), b.set("tap1", Keys.RUNNING, "false"));

        assertThat(lab.place(1)).contains("a1/tap1");
    }

    @Test
    void filterOfThePlaceThatWasLeftIsForgottenWithTheController() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.RX_FILTER, Host.mac(1) + " promiscuous"), b.vnic("br0", "tap1", 1));
        firstFrameAtTheOther();
        lab.closesWhatIsLeft().hears(a.unplug("tap1"));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter)).isPresent();

        lab.restarts().hears(a, b);

        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter)).isEmpty();
    }

    /** It was not the guest that left it. */
    @Test
    void placeWhoseBridgeWasNotMarkedForAWhileHasItsGuestAgain() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.RUNNING, "false"));
        lab.hears(b.vnic("br0", "tap1", 1, Keys.RUNNING, "true")).closesWhatIsLeft();
        assertThat(lab.place(1)).contains("b1/tap1");

        lab.hears(b.mark("br0")).closesWhatIsLeft();
        assertThat(lab.place(1)).contains("a1/tap1");

        lab.hears(b.mark("br0", Keys.MANAGED, "true"));
        assertThat(lab.place(1)).contains("b1/tap1");
    }

    /** As libvirt makes it there. */
    @Test
    void rowWithoutThePolicyOfTheOtherTakesItAwayWhenThatPlaceIsClosed() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.PROMISCUOUS_MODE, "accept"), b.vnic("br0", "tap1", 1));
        firstFrameAtTheOther();
        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.second(1)).contains("departing a1/tap1");
        assertThat(lab.vnic(1).orElseThrow().vnic().security().acceptsPromiscuousMode())
                .isTrue();

        lab.closesWhatIsLeft();

        assertThat(lab.vnic(1).orElseThrow().vnic().security().acceptsPromiscuousMode())
                .isFalse();
    }

    @Test
    void soItDoesWhenTheGuestIsSaidToRunThere() {
        lab.hears(a.vnic("br0", "tap1", 1, Keys.PROMISCUOUS_MODE, "accept"), b.vnic("br0", "tap1", 1));
        running(b, true);
        assertThat(lab.second(1)).contains("departing a1/tap1");

        lab.closesWhatIsLeft();

        assertThat(lab.vnic(1).orElseThrow().vnic().security().acceptsPromiscuousMode())
                .isFalse();
    }
}

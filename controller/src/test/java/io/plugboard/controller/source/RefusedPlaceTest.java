package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.RxFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row elsewhere wants the vNIC and cannot have it: what the others say is done all the same. */
class RefusedPlaceTest {
    private final PlanLab lab = new PlanLab();
    private final Host a = new Host(1).managed("br0", 0xa1).vnic("br0", "tap1", 1, Keys.RUNNING, "true");
    private final Host b = new Host(2).managed("br0", 0xb1);
    private final Host c = new Host(3).managed("br0", 0xc1);

    @BeforeEach
    void pluggedAtA() {
        lab.hears(a, b, c);
        assertThat(lab.place(1)).contains("a1/tap1");
    }

    /** Another vNIC there has the MAC. */
    private static void hasNoRoom(Host host) {
        host.plug("br0", "tap9", Keys.IFACE_ID, "vm-9", Keys.ATTACHED_MAC, Host.mac(1));
    }

    private void assertThatAIsHeard() {
        lab.hears(a.set("tap1", Keys.RX_FILTER, Host.mac(1) + " promiscuous"));
        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.verdict(a, "tap1")).isEqualTo(Verdict.ACTIVE);
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(true);
    }

    @Test
    void rowWithAnotherMacIsConflictThoughItsGuestRuns() {
        lab.hears(b.vnic("br0", "tap1", 1, Keys.ATTACHED_MAC, Host.mac(7), Keys.RUNNING, "true"));

        assertThat(lab.verdict(b, "tap1").kind()).isEqualTo(Verdict.Kind.CONFLICT);
        assertThatAIsHeard();
    }

    @Test
    void rowInAnotherPortGroupIsConflictThoughItsGuestRuns() {
        lab.hears(b.vnic("br0", "tap1", 1, Keys.PORT_GROUP, "mistyped", Keys.RUNNING, "true"));

        assertThat(lab.verdict(b, "tap1").kind()).isEqualTo(Verdict.Kind.CONFLICT);
        assertThatAIsHeard();
    }

    @Test
    void rowWhoseBridgeHasNoRoomIsRefused() {
        hasNoRoom(b);
        lab.hears(b.vnic("br0", "tap1", 1));
        lab.hears(b.set("tap1", Keys.RUNNING, "true"));

        assertThat(lab.verdict(b, "tap1").kind()).isEqualTo(Verdict.Kind.REFUSED);
        assertThat(lab.verdict(b, "tap1").reason()).contains("vm-9");
        assertThatAIsHeard();
    }

    @Test
    void thirdPlaceIsPreparedWhereTheSecondHasNoRoom() {
        hasNoRoom(b);
        lab.hears(b.vnic("br0", "tap1", 1), c.vnic("br0", "tap1", 1));

        assertThat(lab.second(1)).contains("prepared c1/tap1 FIRST_FRAME");
        assertThat(lab.verdict(c, "tap1")).isEqualTo(Verdict.PREPARED);
        assertThatAIsHeard();
    }

    @Test
    void secondPlaceStaysPreparedThoughTheGuestRunsInAThirdThatHasNoRoom() {
        hasNoRoom(c);
        lab.hears(b.vnic("br0", "tap1", 1), c.vnic("br0", "tap1", 1));
        lab.hears(c.set("tap1", Keys.RUNNING, "true"));

        assertThat(lab.second(1)).contains("prepared b1/tap1 FIRST_FRAME");
        assertThat(lab.verdict(b, "tap1")).isEqualTo(Verdict.PREPARED);
        assertThatAIsHeard();
    }

    @Test
    void vnicThatHasLostItsPlaceHasTheOneThatCanBe() {
        lab.hears(
                b.vnic("br0", "tap1", 1), c.vnic("br0", "tap1", 1, Keys.PORT_GROUP, "mistyped", Keys.RUNNING, "true"));

        lab.hears(a.unplug("tap1"));

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.verdict(b, "tap1")).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void newVnicHasThePlaceThatCanBe() {
        lab.hears(
                b.vnic("br0", "tap2", 2, Keys.PORT_GROUP, "mistyped", Keys.RUNNING, "true"), c.vnic("br0", "tap2", 2));

        assertThat(lab.place(2)).contains("c1/tap2");
    }

    @Test
    void newVnicHasThePlaceThatCanBeThoughTheFirstHasNoRoom() {
        hasNoRoom(b);
        lab.hears(a.unplug("tap1"), b);
        lab.hears(b.vnic("br0", "tap1", 1));
        assertThat(lab.vnic(1)).isEmpty();

        lab.hears(c.vnic("br0", "tap1", 1));

        assertThat(lab.place(1)).contains("c1/tap1");
        assertThat(lab.verdict(b, "tap1").kind()).isEqualTo(Verdict.Kind.REFUSED);
    }

    @Test
    void eachRowSaysWhyWhereNoneCanBe() {
        hasNoRoom(b);
        c.plug("br0", "tap8", Keys.IFACE_ID, "vm-8", Keys.ATTACHED_MAC, Host.mac(1));
        lab.hears(a.unplug("tap1"), b, c);
        lab.hears(b.vnic("br0", "tap1", 1), c.vnic("br0", "tap1", 1));

        assertThat(lab.vnic(1)).isEmpty();
        assertThat(lab.verdict(b, "tap1").reason()).contains("vm-9");
        assertThat(lab.verdict(c, "tap1").reason()).contains("vm-8");
    }

    @Test
    void filterCountsThoughThePolicyIsRefused() {
        lab.hears(a.vnic("br0", "tap2", 2));
        lab.hears(a.set("tap1", Keys.ALLOWED_MACS, Host.mac(2)));
        assertThat(lab.verdict(a, "tap1").reason()).contains("vm-2").endsWith("; it stays as it was");

        lab.hears(a.set("tap1", Keys.RX_FILTER, Host.mac(1) + " promiscuous"));

        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(true);
    }
}

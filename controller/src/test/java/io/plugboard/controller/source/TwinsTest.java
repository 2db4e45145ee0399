package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.DatapathId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts have bridges with one datapath id, such as clones: one of them is believed, whoever comes when. */
class TwinsTest {
    private final PlanLab lab = new PlanLab();
    private final Host host = new Host(1).managed("br0", 0xa1).vnic("br0", "tap1", 1);
    private final Host twin = new Host(9).managed("br0", 0xa1).vnic("br0", "tap9", 9);
    private final Host unmarkedTwin = new Host(8).bridge("br0", 0xa1);

    @BeforeEach
    void hostComesFirst() {
        lab.hears(host);
        assertThat(lab.vnics()).containsExactly("vm-1");
    }

    @Test
    void theFirstIsBelieved() {
        lab.hears(twin, unmarkedTwin);

        assertThat(lab.vnics()).containsExactly("vm-1");
        assertThat(lab.problems(0xa1)).singleElement().asString().contains("is meant: hosts [");
    }

    @Test
    void afterARestartNobodyIsBelievedBeforeTheOneWhoseBridgeItIs() {
        lab.hears(twin, unmarkedTwin).restarts().hears(twin, unmarkedTwin);
        assertThat(lab.vnics()).containsExactly("vm-1");

        lab.hears(host);
        assertThat(lab.vnics()).containsExactly("vm-1");

        lab.loses(host).hears(twin.set("tap9", Keys.RUNNING, "true"));
        assertThat(lab.vnics()).containsExactly("vm-1");
    }

    @Test
    void whoIsMarkedTakesTheBridgeOfHostThatDoesNotComeAfterARestart() {
        lab.restarts().hears(unmarkedTwin).waits();
        assertThat(lab.vnics()).containsExactly("vm-1");

        lab.hears(twin);
        assertThat(lab.vnics()).containsExactly("vm-9");

        lab.hears(host);
        assertThat(lab.vnics()).containsExactly("vm-9");
    }

    @Test
    void whoHasWaitedTakesItThen() {
        lab.restarts().hears(twin).waits();

        assertThat(lab.vnics()).containsExactly("vm-9");
    }

    @Test
    void whereAllAreAdoptedOneThatIsNotMarkedDoes() {
        PlanLab all = new PlanLab(Adoption.ALL).hears(host).restarts();

        all.hears(unmarkedTwin.vnic("br0", "tap8", 8)).waits();

        assertThat(all.vnics()).containsExactly("vm-8");
    }

    @Test
    void oneThatIsKnownTakesNothingByComingBackFirst() {
        lab.hears(twin).loses(host).loses(twin).hears(twin).hears(host);

        assertThat(lab.vnics()).containsExactly("vm-1");
    }

    @Test
    void oneThatIsNotMarkedTakesNothingFromOneWhoseMarkCannotBeRead() {
        lab.hears(host.mark("br0", Keys.MANAGED, "True")).loses(host).hears(unmarkedTwin);

        assertThat(lab.topology().bridges()).containsKey(new DatapathId(0xa1));
        assertThat(lab.vnics()).containsExactly("vm-1");
    }

    @Test
    void theNextOneIsLookedAtWhenTheFirstIsForgotten() {
        Host other = new Host(2).managed("br0", 0xb1).vnic("br0", "tap2", 2);
        lab.hears(other, host.unplug("tap1").vnic("br0", "tap2", 2), twin);
        lab.hears(host.mark("br0"));
        assertThat(lab.topology().bridges()).doesNotContainKey(new DatapathId(0xa1));

        lab.loses(host).hears(other.unplug("tap2"));

        assertThat(lab.knows(host)).isFalse();
        assertThat(lab.vnics()).containsExactly("vm-9");
    }

    @Test
    void oneThatIsMarkedBehindOneThatIsNotIsProblem() {
        PlanLab other = new PlanLab().hears(unmarkedTwin, twin);

        assertThat(other.topology().bridges()).isEmpty();
        assertThat(other.problems(0xa1)).singleElement().asString().contains("is meant: hosts [");
    }

    @Test
    void secondBridgeOfTheSameHostTakesNothingFromTheFirst() {
        Host one = new Host(6).managed("br1", 0xe1).vnic("br1", "tap1", 3);
        lab.hears(one);

        lab.hears(one.managed("br0", 0xe1));

        assertThat(lab.place(3)).contains("e1/tap1");
        assertThat(lab.problems(0xe1)).singleElement().asString().contains("bridge br0 has the same datapath id");
    }

    @Test
    void nobodyTakesTheBridgeThatItsHostIsMaking() {
        lab.restarts().hears(host.withoutDatapathIds(), twin).waits();

        assertThat(lab.vnics()).containsExactly("vm-1");
    }

    @Test
    void oneThatComesShortlyAfterAStartIsNotTakenForNew() {
        lab.hears(twin).restarts().hears(host).loses(host).hears(twin).waits().hears(host);

        assertThat(lab.vnics()).containsExactly("vm-1");
    }
}

package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of bridges, and of what is on them. */
class PlanTest {
    private static final DatapathId A1 = new DatapathId(0xa1);

    private final PlanLab lab = new PlanLab();
    private final Host host = new Host(1).managed("br0", 0xa1);

    @Test
    void markedBridgeIsPutWithItsNameAndUplinks() {
        lab.hears(host.plug("br0", "eth0", Keys.UPLINK, "true"));

        assertThat(lab.bridge(A1))
                .isEqualTo(new Bridge(A1, "br0", List.of("eth0")).from(new Origin.Ovsdb(host.database())));
    }

    @Test
    void unmarkedBridgeIsOnlyRead() {
        Host other = new Host(2).bridge("br0", 0xb1).vnic("br0", "tap1", 1);

        lab.hears(other);

        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.vnics()).isEmpty();
        assertThat(lab.verdict(other, "tap1").kind()).isEqualTo(Verdict.Kind.NOT_OURS);
    }

    @Test
    void everyBridgeIsOursWhereAllAreAdopted() {
        PlanLab all =
                new PlanLab(Adoption.ALL).hears(new Host(2).bridge("br0", 0xb1).vnic("br0", "tap1", 1));

        assertThat(all.place(1)).contains("b1/tap1");
    }

    @Test
    void bridgeHasThePolicyOfItsRow() {
        lab.hears(host.vnic("br0", "tap1", 1));
        lab.hears(host.mark("br0", Keys.MANAGED, "true", Keys.PROMISCUOUS_MODE, "accept"));

        assertThat(lab.topology()
                        .bridge(new DatapathId(0xa1))
                        .orElseThrow()
                        .bridge()
                        .security()
                        .acceptsPromiscuousMode())
                .isTrue();
        assertThat(lab.vnic(1)).isPresent();
    }

    @Test
    void bridgeThatIsUnmarkedGoesWithItsVnics() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.mark("br0"));

        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void bridgeWhoseRowIsGoneGoesWithItsVnics() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.removeBridge("br0"));

        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void bridgeThatHasRestsVnicsStaysAndIsProblem() {
        lab.hears(host.vnic("br0", "tap1", 1))
                .changes(new VnicAttached(PlanLab.restVnic(2, 0xa1, "tap2")))
                .hears(host.mark("br0"));

        assertThat(lab.vnics()).containsExactly("vm-2");
        assertThat(lab.problems(0xa1))
                .containsExactly("it is not marked any more, and stays for what is plugged in by REST: bridge " + A1
                        + " has vNIC 'vm-2'");

        lab.changes(new VnicDetached(new VnicId("vm-2")));
        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.problems(0xa1)).isEmpty();
    }

    @Test
    void bridgeThatRestHasPutStaysRests() {
        Bridge put = new Bridge(A1, "mine", List.of("eth1"));
        lab.changes(new BridgePut(put)).hears(host.plug("br0", "eth0", Keys.UPLINK, "true"));

        assertThat(lab.bridge(A1)).isEqualTo(put);
        assertThat(lab.problems(0xa1))
                .containsExactly("OVSDB marks uplinks [eth0], and REST has put [eth1], which count");
        lab.hears(host.removeBridge("br0"));
        assertThat(lab.bridge(A1)).isEqualTo(put);
    }

    @Test
    void bridgeThatRestHasPutIsNoProblemWhereNoUplinkIsMarked() {
        lab.changes(new BridgePut(new Bridge(A1, "mine", List.of("eth1")))).hears(host);

        assertThat(lab.problems(0xa1)).isEmpty();
    }

    @Test
    void vnicOfBridgeThatRestDeletesIsPluggedOutWhenTheRowIsUnmarked() {
        Host unmarked = new Host(2).bridge("br0", 0xb1).vnic("br0", "tap1", 1);
        lab.changes(new BridgePut(new Bridge(new DatapathId(0xb1), "", List.of())))
                .hears(unmarked)
                .hears(unmarked.unplug("tap1"))
                .changes(new BridgeDeleted(new DatapathId(0xb1)));

        assertThat(lab.vnics()).isEmpty();
        assertThat(lab.topology().bridges()).isEmpty();
    }

    @Test
    void settingsOfBridgeThatRestHasPutAreProblemsAndOfOneThatNobodyHasPutAreNoneOfOurBusiness() {
        Host unmarked = new Host(2).bridge("br0", 0xb1).asItComes("br0").plug("br0", "tap1", Keys.UPLINK, "perhaps");
        lab.hears(host.asItComes("br0"), unmarked);

        assertThat(lab.problems(0xa1)).isEmpty();
        assertThat(lab.problems(0xb1)).isEmpty();

        lab.hears(unmarked.unplug("tap1")).changes(new BridgePut(new Bridge(new DatapathId(0xb1), "", List.of())));
        assertThat(lab.problems(0xb1))
                .containsExactly(
                        "fail_mode is not secure: a learning rule covers the flows when no controller is connected",
                        "other_config:disable-in-band is not true: hidden rules let forged frames pass");
    }

    @Test
    void bridgeWhoseMarkCannotBeReadStaysWhatItIs() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.mark("br0", Keys.MANAGED, "True"));
        assertThat(lab.vnics()).containsExactly("vm-1");
        assertThat(lab.problems(0xa1))
                .containsExactly("bridge br0: plugboard-managed: is true or false, not 'True': it stays as it was");
        lab.restarts().hears(host);
        assertThat(lab.vnics()).containsExactly("vm-1");

        lab.hears(host.mark("br0", Keys.MANAGED, "false"));
        assertThat(lab.vnics()).isEmpty();
        lab.hears(host.mark("br0", Keys.MANAGED, "yes"));
        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.problems(0xa1)).hasSize(1);
    }

    /** It should not come to this: what is read is fit to be said. */
    @Test
    void faultAboutOneBridgeLeavesTheOthersAlone() {
        HostReader reader = new HostReader(
                text -> {
                    throw new IllegalArgumentException(text);
                },
                Adoption.MANAGED);
        Host other = new Host(2).managed("br0", 0xb1).vnic("br0", "tap2", 2);
        HostView good = reader.read(other.snapshot(), Optional.empty());
        BridgeSaid unfit = good.bridges().get(new DatapathId(0xb1));
        HostView bad = new HostView(
                good.database(),
                "bad",
                Map.of(
                        unfit.dpid(),
                        new BridgeSaid(
                                unfit.database(),
                                unfit.dpid(),
                                unfit.row(),
                                unfit.keys(),
                                List.of("eth1", "eth1"),
                                List.of())),
                Set.of(),
                good.readings());
        World world = World.EMPTY
                .heard(bad, Topology.EMPTY)
                .heard(reader.read(host.vnic("br0", "tap1", 1).snapshot(), Optional.empty()), Topology.EMPTY);

        Plan plan = Plan.of(world, Topology.EMPTY, Scope.ofWhole(Set.of(new DatapathId(0xa1), new DatapathId(0xb1))));

        assertThat(plan.problems().get(new DatapathId(0xb1)))
                .singleElement()
                .asString()
                .startsWith("a fault of Plugboard");
        assertThat(plan.refused()).containsExactly(new DatapathId(0xb1));
        assertThat(plan.verdicts().get(new VnicId("vm-1")))
                .containsOnlyKeys(host.row("tap1"))
                .containsValue(Verdict.ACTIVE);
        assertThat(plan.changes()).hasAtLeastOneElementOfType(BridgePut.class);
    }

    @Test
    void nothingGoesWhileHostIsAway() {
        lab.hears(host.vnic("br0", "tap1", 1)).loses(host);

        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.topology().bridges()).containsKey(A1);
    }

    @Test
    void whatHostBroughtStaysAfterRestartUntilItIsHeard() {
        Host other = new Host(2).managed("br0", 0xb1).vnic("br0", "tap2", 2);
        lab.hears(host.vnic("br0", "tap1", 1), other).restarts().hears(other);
        assertThat(lab.vnics()).containsExactly("vm-1", "vm-2");

        lab.hears(host.unplug("tap1"));
        assertThat(lab.vnics()).containsExactly("vm-2");
    }

    @Test
    void bridgeThatWentWhileControllerWasAwayGoesWhenItsHostIsHeard() {
        lab.hears(host.vnic("br0", "tap1", 1)).restarts().hears(host.removeBridge("br0"));

        assertThat(lab.topology().bridges()).isEmpty();
        assertThat(lab.vnics()).isEmpty();
    }

    @Test
    void nothingGoesWhileOpenVSwitchHasNotMadeTheBridgeAgain() {
        lab.hears(host.vnic("br0", "tap1", 1)).restarts().hears(host.withoutDatapathIds());

        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.topology().bridges()).containsKey(A1);
    }

    @Test
    void uplinkThatIsRestsVnicIsProblem() {
        lab.hears(host)
                .changes(new PortGroupPut(PlanLab.UNTAGGED), new VnicAttached(PlanLab.restVnic(1, 0xa1, "tap1")));

        lab.hears(host.plug("br0", "tap1", Keys.UPLINK, "true").vnic("br0", "tap2", 2));

        assertThat(lab.problems(0xa1)).containsExactly("port tap1 is taken by vNIC 'vm-1'");
        assertThat(lab.place(2)).contains("a1/tap2");
    }

    @Test
    void oneOfTwoHostsWithOneBridgeIsBelieved() {
        Host twin = new Host(2).managed("br0", 0xa1).vnic("br0", "tap1", 1);
        lab.hears(host.vnic("br0", "tap1", 2), twin);

        assertThat(lab.vnics()).containsExactly("vm-2");
        assertThat(lab.verdict(twin, "tap1")).isEqualTo(Verdict.conflict("another host has bridge " + A1));
    }

    @Test
    void hostThatWasInstalledAnewTakesItsBridgeOver() {
        Host anew = new Host(2).managed("br0", 0xa1).vnic("br0", "tap2", 2);
        lab.hears(host.vnic("br0", "tap1", 1)).loses(host).hears(anew);

        assertThat(lab.vnics()).containsExactly("vm-2");
        assertThat(lab.bridge(A1).origin()).isEqualTo(new Origin.Ovsdb(anew.database()));
    }

    @Test
    void bridgeWhoseRowIsGoneStaysForWhatIsPluggedInByRest() {
        Place place = PlanLab.place(0xa1, "tap5");
        lab.hears(host)
                .changes(
                        new PortGroupPut(PlanLab.UNTAGGED),
                        new VnicAttached(new Vnic(
                                new VnicId("r"),
                                place,
                                MacAddress.parse(Host.mac(5)),
                                PlanLab.UNTAGGED.name(),
                                Vnic.Source.REST)));

        lab.hears(host.removeBridge("br0"));

        assertThat(lab.problems(0xa1))
                .singleElement()
                .asString()
                .startsWith("its host has it no more, and stays for what is plugged in by REST: ");
    }

    @Test
    void policyOfBridgeThatRestHasPutIsRests() {
        lab.changes(new BridgePut(new Bridge(new DatapathId(0xb1), "br0", List.of())));

        lab.hears(new Host(2).bridge("br0", 0xb1, Keys.MANAGED, "true", Keys.PROMISCUOUS_MODE, "accept"));

        assertThat(lab.problems(0xb1))
                .containsExactly("OVSDB gives the bridge another policy than REST has put, which counts");
    }
}

package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the vNICs that rows name. */
class VnicPlanTest {
    private static final DatapathId A1 = new DatapathId(0xa1);

    private final PlanLab lab = new PlanLab();
    private final Host host = new Host(1).managed("br0", 0xa1);

    @Test
    void vnicOfBridgeThatRestHasPutIsPluggedIn() {
        Host unmarked = new Host(2).bridge("br0", 0xb1).vnic("br0", "tap1", 1);
        lab.hears(unmarked).changes(new BridgePut(new Bridge(new DatapathId(0xb1), "", List.of())));

        assertThat(lab.place(1)).contains("b1/tap1");
        assertThat(lab.topology()
                        .bridge(new DatapathId(0xb1))
                        .orElseThrow()
                        .bridge()
                        .origin())
                .isEqualTo(Origin.REST);
    }

    @Test
    void vnicComesWithItsImpliedPortGroup() {
        lab.hears(host.plugTagged(
                "br0", "tap1", Optional.of(100), Keys.IFACE_ID, "vm-1", Keys.ATTACHED_MAC, Host.mac(1)));

        assertThat(lab.vnic(1).map(Attachment::vnic).map(Vnic::source)).contains(Vnic.Source.OVSDB);
        assertThat(lab.topology()
                        .portGroup(new PortGroupName("vlan-100"))
                        .orElseThrow()
                        .portGroup())
                .isEqualTo(new PortGroup(new PortGroupName("vlan-100"), new VlanMode.Access(new VlanId(100))));
        assertThat(lab.verdict(host, "tap1")).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void impliedPortGroupThatIsThereStaysAsItIs() {
        PortGroup quiet = PlanLab.UNTAGGED.withNotifySwitches(false);
        lab.changes(new PortGroupPut(quiet)).hears(host.vnic("br0", "tap1", 1));

        assertThat(lab.topology().portGroupOf(lab.vnic(1).orElseThrow())).isEqualTo(quiet);
    }

    @Test
    void vnicHasThePolicyOfItsRow() {
        lab.hears(host.vnic("br0", "tap1", 1, Keys.ALLOWED_MACS, Host.mac(77)));
        assertThat(lab.vnic(1).orElseThrow().vnic().allowedMacs()).containsExactly(MacAddress.parse(Host.mac(77)));

        lab.hears(host.set("tap1", Keys.ALLOWED_MACS, "", Keys.FORGED_TRANSMITS, "accept"));
        assertThat(lab.vnic(1).orElseThrow().vnic().allowedMacs()).isEmpty();
        assertThat(lab.vnic(1).orElseThrow().vnic().security().acceptsForgedTransmits())
                .isTrue();
        assertThat(lab.verdict(host, "tap1")).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void vnicWaitsForPortGroupThatItsRowNames() {
        lab.hears(host.vnic("br0", "tap1", 1, Keys.PORT_GROUP, "blue"));
        assertThat(lab.verdict(host, "tap1")).isEqualTo(Verdict.refused("there is no port group 'blue'"));

        lab.changes(new PortGroupPut(new PortGroup(new PortGroupName("blue"), new VlanMode.Access(new VlanId(7)))));
        assertThat(lab.verdict(host, "tap1")).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void vnicGoesWithItsRow() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.unplug("tap1"));

        assertThat(lab.vnics()).isEmpty();
        assertThat(lab.topology().bridges()).containsKey(A1);
    }

    @Test
    void vnicFollowsItsRowToAnotherPort() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.unplug("tap1").vnic("br0", "tap2", 1));

        assertThat(lab.place(1)).contains("a1/tap2");
        assertThat(lab.second(1)).isEmpty();
    }

    @Test
    void vnicsTradePlaces() {
        lab.hears(host.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2))
                .hears(host.unplug("tap1").unplug("tap2").vnic("br0", "tap2", 1).vnic("br0", "tap1", 2));

        assertThat(lab.place(1)).contains("a1/tap2");
        assertThat(lab.place(2)).contains("a1/tap1");
    }

    @Test
    void refusedVnicLeavesTheOthersAlone() {
        lab.hears(host.vnic("br0", "tap1", 1)
                .vnic("br0", "tap2", 2, Keys.ATTACHED_MAC, Host.mac(1))
                .vnic("br0", "tap3", 3));

        assertThat(lab.vnics()).contains("vm-3").hasSize(2);
        assertThat(List.of(
                        lab.verdict(host, "tap1").kind(),
                        lab.verdict(host, "tap2").kind()))
                .containsExactlyInAnyOrder(Verdict.Kind.ACTIVE, Verdict.Kind.REFUSED);
        assertThat(lab.verdict(host, "tap2").reason()).contains("is already the MAC of vNIC 'vm-1'");
    }

    @Test
    void refusedVnicComesWhenWhatWasInItsWayGoes() {
        lab.hears(host.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2, Keys.ATTACHED_MAC, Host.mac(1)))
                .hears(host.unplug("tap1"));

        assertThat(lab.vnics()).containsExactly("vm-2");
        assertThat(lab.verdict(host, "tap2")).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void vnicStaysAsItIsWhileWhatItsRowSaysIsRefused() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.set("tap1", Keys.PORT_GROUP, "misspelt"));

        assertThat(lab.vnic(1).map(there -> there.vnic().portGroup())).contains(PlanLab.UNTAGGED.name());
        assertThat(lab.verdict(host, "tap1").kind()).isEqualTo(Verdict.Kind.REFUSED);
    }

    @Test
    void rowThatCannotBeWhatItBecomesSaysWhatTheVnicStays() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.set("tap1", Keys.PORT_GROUP, "web"));

        assertThat(lab.verdict(host, "tap1"))
                .isEqualTo(Verdict.refused(
                        "there is no port group 'web'; it stays in port group 'untagged' with MAC " + Host.mac(1)));
    }

    @Test
    void vnicThatRestBroughtIsNotTouched() {
        Vnic theirs = PlanLab.restVnic(1, 0xa1, "tap9");
        lab.changes(new PortGroupPut(PlanLab.UNTAGGED), new VnicAttached(theirs))
                .hears(host.vnic("br0", "tap1", 1));

        assertThat(lab.vnic(1).map(Attachment::vnic)).contains(theirs);
        assertThat(lab.verdict(host, "tap1")).isEqualTo(Verdict.conflict("ownedByRest"));
        lab.hears(host.unplug("tap1"));
        assertThat(lab.vnic(1).map(Attachment::vnic)).contains(theirs);
    }

    @Test
    void vnicIsTheRowsWhenRestGivesItUp() {
        lab.changes(new PortGroupPut(PlanLab.UNTAGGED), new VnicAttached(PlanLab.restVnic(1, 0xa1, "tap9")))
                .hears(host.vnic("br0", "tap1", 1))
                .changes(new VnicDetached(new VnicId("vm-1")));

        assertThat(lab.place(1)).contains("a1/tap1");
    }

    @Test
    void filterIsWhatTheRowSays() {
        lab.hears(host.vnic("br0", "tap1", 1, Keys.RX_FILTER, Host.mac(1) + " promiscuous"));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(true);

        lab.hears(host.set("tap1", Keys.RX_FILTER, Host.mac(1)));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter).map(RxFilter::promiscuous))
                .contains(false);

        lab.hears(host.set("tap1", Keys.RX_FILTER, ""));
        assertThat(lab.vnic(1).flatMap(Attachment::rxFilter)).isEmpty();
    }

    @Test
    void portThatBecomesUplinkIsVnicsNoMore() {
        lab.hears(host.vnic("br0", "tap1", 1)).hears(host.plug("br0", "tap1", Keys.UPLINK, "true"));

        assertThat(lab.vnics()).isEmpty();
        assertThat(lab.bridge(A1).uplinks()).containsExactly("tap1");

        lab.hears(host.vnic("br0", "tap1", 1));
        assertThat(lab.place(1)).contains("a1/tap1");
        assertThat(lab.bridge(A1).uplinks()).isEmpty();
    }
}

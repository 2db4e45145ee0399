package io.plugboard.compiler.feature;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static io.plugboard.compiler.scenario.Scenario.STRANGER;
import static io.plugboard.compiler.scenario.SentFrameAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrame;
import io.plugboard.topology.EffectiveVnic.Block;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecurityPolicyTest {
    private static final String VRRP = "00:00:5e:00:01:07";
    private static final SecurityPolicy ACCEPT_FORGED =
            new SecurityPolicy(Optional.empty(), Optional.empty(), Optional.of(Setting.ACCEPT));
    private static final SecurityPolicy REJECT_FORGED =
            new SecurityPolicy(Optional.empty(), Optional.empty(), Optional.of(Setting.REJECT));
    private static final SecurityPolicy ACCEPT_CHANGES =
            new SecurityPolicy(Optional.empty(), Optional.of(Setting.ACCEPT), Optional.empty());

    private final Scenario scenario = Scenario.withUplinks("up1", "up2")
            .portGroup("red", 100)
            .portGroup("plain", 0)
            .vnics("red", "a1", "b2", "c1")
            .vnics("plain", "p2");

    @Test
    void admitsAnyUnicastSourceWhereForgedTransmitsAreAccepted() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_FORGED));

        assertThat(frame("a1", "b2").withSource(STRANGER)).isDeliveredTo("b2");
        assertThat(frame("a1", BROADCAST).withSource("b2")).isDeliveredTo("b2", "c1", "up1[100]");
        assertThat(frame("a1", "b2").withSource(BROADCAST)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("p2", BROADCAST).withSource(STRANGER)).isDroppedBy(Rule.GUARD_FORGED);
    }

    @Test
    void inheritsEachSettingByItself() {
        scenario.bridge(bridge -> bridge.withSecurity(ACCEPT_FORGED))
                .portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES))
                .vnic("b2", vnic -> vnic.withSecurity(REJECT_FORGED));

        assertThat(frame("p2", BROADCAST).withSource(STRANGER)).isDeliveredTo("up2");
        assertThat(frame("a1", "c1").withSource(STRANGER)).isDeliveredTo("c1");
        assertThat(frame("b2", "c1").withSource(STRANGER)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(scenario.using("b2", STRANGER).effective("b2").block()).isEmpty();
    }

    @Test
    void blocksAVnicWhoseGuestChangesItsMacBothWaysUntilItGoesBack() {
        scenario.using("a1", STRANGER);

        assertThat(scenario.effective("a1").block()).contains(Block.MAC_ADDRESS_CHANGED);
        assertThat(frame("a1", BROADCAST)).isDroppedBy(Rule.PORT_BLOCKED);
        assertThat(frame("a1", BROADCAST).withSource(STRANGER)).isDroppedBy(Rule.PORT_BLOCKED);
        assertThat(frame("b2", BROADCAST)).isDeliveredTo("c1", "up2[100]");
        assertThat(frame("b2", "a1")).isDroppedBy(Rule.FORWARD_CLOSED);
        assertThat(frame("up1", "a1").tagged(100)).isDroppedBy(Rule.FORWARD_CLOSED);
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(frame("up1", "c1").withSource("a1").tagged(100)).isDeliveredTo("c1");

        scenario.using("a1", "a1");

        assertThat(frame("b2", "a1")).isDeliveredTo("a1");
        assertThat(frame("a1", "b2")).isDeliveredTo("b2");
    }

    @Test
    void deliversToTheMacThatTheGuestChoseAndToNoOther() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES)).using("a1", STRANGER);

        assertThat(frame("a1", "b2").withSource(STRANGER)).isDeliveredTo("b2");
        assertThat(frame("a1", "b2")).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("b2", STRANGER)).isDeliveredTo("a1", "up2[100]");
        assertThat(frame("up1", STRANGER).tagged(100)).isDeliveredTo("a1");
        assertThat(frame("up2", STRANGER).tagged(100)).isDeliveredTo();
        assertThat(frame("b2", "a1")).isDroppedBy(Rule.FORWARD_CLOSED);
        assertThat(frame("up1", "a1").tagged(100)).isDroppedBy(Rule.FORWARD_CLOSED);
    }

    @Test
    void letsAGuestWithAnotherMacSendFromItsInitialOneIfThatIsAllowed() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES))
                .vnic("a1", vnic -> vnic.withAllowedMacs(Set.of(vnic.mac())))
                .using("a1", STRANGER);

        assertThat(frame("a1", "b2")).isDeliveredTo("b2");
        assertThat(frame("b2", "a1")).isDroppedBy(Rule.FORWARD_CLOSED);
    }

    @Test
    void blocksAGuestThatTakesItsNeighboursMac() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES)).using("a1", "b2");

        assertThat(scenario.effective("a1").block()).contains(Block.MAC_IN_USE);
        assertThat(frame("a1", "c1").withSource("b2")).isDroppedBy(Rule.PORT_BLOCKED);
        assertThat(frame("c1", "b2")).isDeliveredTo("b2");
        assertThat(frame("b2", "c1")).isDeliveredTo("c1");
    }

    @Test
    void blocksAGuestWhoseMacANewcomerBrings() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES)).using("a1", "52:54:00:00:00:07");
        assertThat(scenario.effective("a1").block()).isEmpty();

        scenario.vnics("red", "newcomer");

        assertThat(scenario.effective("newcomer").initialMac()).hasToString("52:54:00:00:00:07");
        assertThat(scenario.effective("a1").block()).contains(Block.MAC_IN_USE);
        assertThat(frame("b2", "newcomer")).isDeliveredTo("newcomer");
    }

    @Test
    void letsAGuestHaveAMacOfAnotherSegment() {
        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES)).using("a1", "p2");

        assertThat(scenario.effective("a1").block()).isEmpty();
    }

    @Test
    void deliversASharedMacToEveryOtherHolderAndToTheUplink() {
        scenario.vnic("a1", vnic -> vnic.withAllowedMacs(scenario.macs(VRRP)))
                .vnic("b2", vnic -> vnic.withAllowedMacs(scenario.macs(VRRP)));

        assertThat(frame("c1", VRRP)).isDeliveredTo("a1", "b2", "up1[100]");
        assertThat(frame("a1", VRRP)).isDeliveredTo("b2", "up1[100]");
        assertThat(frame("up1", VRRP).tagged(100)).isDeliveredTo("a1");
        assertThat(frame("up2", VRRP).tagged(100)).isDeliveredTo("b2");
        assertThat(frame("p2", VRRP)).isDeliveredTo("up2");
        assertThat(frame("a1", BROADCAST).withSource(VRRP)).isDeliveredTo("b2", "c1", "up1[100]");
        assertThat(frame("c1", BROADCAST).withSource(VRRP)).isDroppedBy(Rule.GUARD_FORGED);
    }

    @Test
    void admitsTheRemoteHolderOfASharedMac() {
        scenario.vnic("a1", vnic -> vnic.withAllowedMacs(scenario.macs(VRRP)));

        assertThat(frame("up1", BROADCAST).withSource(VRRP).tagged(100)).isDeliveredTo("a1", "c1");
    }

    @Test
    void holdsNoSharedMacWhileItIsBlocked() {
        scenario.vnic("a1", vnic -> vnic.withAllowedMacs(scenario.macs(VRRP))).using("a1", STRANGER);

        assertThat(frame("c1", VRRP)).isDeliveredTo("up1[100]");
    }

    @Test
    void receivesFurtherUnicastOfTheFilterWhereMacChangesAreAccepted() {
        scenario.filter(
                "a1",
                filter -> new RxFilter(
                        filter.mac(),
                        false,
                        true,
                        filter.multicast(),
                        scenario.macs(STRANGER, "b2"),
                        Optional.empty()));
        assertThat(frame("b2", STRANGER)).isDeliveredTo("up2[100]");
        assertThat(scenario.effective("a1").ignored()).hasSize(2);

        scenario.portGroup("red", red -> red.withSecurity(ACCEPT_CHANGES));

        assertThat(frame("b2", STRANGER)).isDeliveredTo("a1", "up2[100]");
        assertThat(frame("a1", "c1").withSource(STRANGER)).isDroppedBy(Rule.GUARD_FORGED);
        assertThat(frame("c1", "b2")).isDeliveredTo("b2");
        assertThat(scenario.effective("a1").ignored()).containsExactlyElementsOf(scenario.macs("b2"));
    }

    @Test
    void letsLinkLocalControlFramesPassWhereThePortGroupAllowsThem() {
        String lldp = "01:80:c2:00:00:0e";
        scenario.portGroup("switches", 100)
                .portGroup("switches", PortGroup::withLinkLocalControl)
                .vnics("switches", "d1", "e2");

        assertThat(frame("d1", lldp)).isDeliveredTo("e2", "up1[100]");
        assertThat(frame("up1", lldp).tagged(100)).isDeliveredTo("d1");
        assertThat(frame("a1", lldp)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
        assertThat(frame("d1", lldp).withSource(STRANGER)).isDroppedBy(Rule.GUARD_LINK_LOCAL);
        assertThat(frame("up1", lldp)).isDroppedBy(Rule.GUARD_LINK_LOCAL);

        scenario.listening("e2", lldp);

        assertThat(frame("d1", lldp)).isDeliveredTo("e2", "up1[100]");
        assertThat(frame("up2", lldp).tagged(100)).isDeliveredTo("e2");
        assertThat(frame("up2", "01:80:c2:00:00:02").tagged(100)).isDeliveredTo();
    }

    private SentFrame frame(String from, String to) {
        return scenario.frame(from, to);
    }
}

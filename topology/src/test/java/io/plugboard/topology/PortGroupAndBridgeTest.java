package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.bridgeDeleted;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.portGroupDeleted;
import static io.plugboard.topology.Network.untagged;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortGroupAndBridgeTest {
    private static final PortGroupName WEB = new PortGroupName("web");

    private final Network network = new Network();

    @BeforeEach
    void haveAPortGroup() throws ChangeRejected {
        network.apply(accessVlan("web", 100));
    }

    @Test
    void aNewVlanMovesTheMembersToItsSegmentAndLeavesTheirRevisions() throws ChangeRejected {
        network.apply(web(1));
        Attachment before = network.vnic("web-1");

        Touched touched = network.apply(accessVlan("web", 200));

        assertThat(touched.portGroups()).containsExactly(WEB);
        assertThat(touched.vnics()).containsExactly(new VnicId("web-1"));
        assertThat(network.vnic("web-1").revision()).isEqualTo(before.revision());
        assertThat(network.vnic("web-1").vnic()).isEqualTo(before.vnic());
        assertThat(network.topology().portGroupOf(before).vlan().vlans().first())
                .isEqualTo(new VlanId(200));
        Switchboard switchboard = network.topology().switchboard(HOST_1);
        assertThat(Network.owner(switchboard, new VlanId(100), mac(1))).isEmpty();
        assertThat(Network.owner(switchboard, new VlanId(200), mac(1))).contains(new VnicId("web-1"));
        assertThat(switchboard.sets(new Scope.OfVlan(new VlanId(100)))).isEmpty();
        assertThat(switchboard.sets(new Scope.OfVlan(new VlanId(200)))).hasSize(1);
    }

    @Test
    void aNewVlanInWhichAMemberCollidesIsRefusedWhole() throws ChangeRejected {
        network.apply(untagged("plain"), web(1), web(2), vnic("plain-2", HOST_1, "tap9", 2, "plain"));
        Topology before = network.topology();

        Rejection rejection = rejection(untagged("web"));

        assertThat(rejection).isInstanceOf(Rejection.VlanCollision.class);
        assertThat(rejection.field()).isEqualTo("vlan");
        assertThat(rejection.detail())
                .isEqualTo("vNIC 'web-2' cannot move there: 52:54:00:00:00:02 is already the MAC of vNIC 'plain-2'"
                        + " in the untagged segment of bridge 00000000000000a1");
        assertThat(network.topology()).isSameAs(before);
        assertThat(Network.owner(before.switchboard(HOST_1), new VlanId(100), mac(1)))
                .contains(new VnicId("web-1"));
    }

    @Test
    void aPortGroupKnowsItsMembersOnAllBridges() throws ChangeRejected {
        network.apply(web(1), vnic("web-2", HOST_2, "tap2", 2, "web"));
        assertThat(network.topology().members(WEB)).containsExactly(new VnicId("web-1"), new VnicId("web-2"));

        network.apply(detached("web-1"));
        assertThat(network.topology().members(WEB)).containsExactly(new VnicId("web-2"));
    }

    @Test
    void aPortGroupInUseCannotBeDeletedAndNamesSomeOfItsUsers() throws ChangeRejected {
        network.apply(web(1));
        assertThat(rejection(portGroupDeleted("web")).detail()).isEqualTo("port group 'web' is used by vNIC 'web-1'");

        network.apply(web(2), web(3), web(4), web(5));
        Rejection rejection = rejection(portGroupDeleted("web"));
        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.CONFLICT);
        assertThat(rejection.field()).isEmpty();
        assertThat(rejection.detail())
                .isEqualTo("port group 'web' is used by 5 vNICs: 'web-1', 'web-2', 'web-3' and 2 more");
    }

    @Test
    void aPortGroupThatNobodyUsesCanBeDeletedOnce() throws ChangeRejected {
        network.apply(portGroupDeleted("web"));
        assertThat(network.topology().portGroup(WEB)).isEmpty();

        Rejection rejection = rejection(portGroupDeleted("web"));
        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.NOT_FOUND);
        assertThat(rejection.detail()).isEqualTo("there is no port group 'web'");
    }

    @Test
    void aPortGroupThatIsThereAlreadyChangesNothing() throws ChangeRejected {
        Topology before = network.topology();

        assertThat(network.apply(accessVlan("web", 100)).isEmpty()).isTrue();
        assertThat(network.topology()).isSameAs(before);
    }

    @Test
    void anUplinkCannotBeThePortOfAVnic() throws ChangeRejected {
        network.apply(web(1));

        Rejection rejection = rejection(bridge(HOST_1, "eth0", "tap1"));

        assertThat(rejection).isInstanceOf(Rejection.UplinkIsVnicPort.class);
        assertThat(rejection.field()).isEqualTo("uplinks/1");
        assertThat(rejection.detail()).isEqualTo("port tap1 is taken by vNIC 'web-1'");
    }

    @Test
    void aBridgeWithVnicsCannotBeDeletedAndNamesSomeOfThem() throws ChangeRejected {
        network.apply(bridge(HOST_1), web(2), web(1));

        Rejection rejection = rejection(bridgeDeleted(HOST_1));

        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.CONFLICT);
        assertThat(rejection.detail()).isEqualTo("bridge 00000000000000a1 has 2 vNICs: 'web-2', 'web-1'");
    }

    @Test
    void anEmptyBridgeCanBeDeletedOnce() throws ChangeRejected {
        network.apply(bridge(HOST_1));
        network.apply(bridgeDeleted(HOST_1));
        assertThat(network.topology().bridges()).isEmpty();

        assertThat(rejection(bridgeDeleted(HOST_1)).detail()).isEqualTo("there is no bridge 00000000000000a1");
    }

    @Test
    void aBridgeThatIsThereAlreadyChangesNothing() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0"));
        Topology before = network.topology();

        assertThat(network.apply(bridge(HOST_1, "eth0")).isEmpty()).isTrue();
        assertThat(network.topology()).isSameAs(before);
    }

    private Rejection rejection(TopologyChange change) {
        ChangeRejected rejected = catchThrowableOfType(ChangeRejected.class, () -> network.apply(change));
        assertThat(rejected.rejections()).hasSize(1);
        return rejected.rejections().get(0);
    }
}

package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.portGroupDeleted;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private final Network network = new Network();

    @BeforeEach
    void haveAPortGroup() throws ChangeRejected {
        network.apply(accessVlan("web", 100));
    }

    @Test
    void isOneRevisionHoweverManyItsChanges() throws ChangeRejected {
        Touched touched = network.apply(accessVlan("lab", 200), bridge(HOST_1, "eth0"), web(1), web(2));

        assertThat(network.topology().revision()).isEqualTo(2);
        assertThat(network.vnic("web-2").revision()).isEqualTo(2);
        assertThat(touched.portGroups()).containsExactly(new PortGroupName("lab"));
        assertThat(touched.bridges()).containsExactly(HOST_1);
        assertThat(touched.vnics()).containsExactly(new VnicId("web-1"), new VnicId("web-2"));
    }

    @Test
    void appliesAllOfItsChangesOrNone() throws ChangeRejected {
        network.apply(web(1));
        Topology before = network.topology();

        ChangeRejected rejected = catchThrowableOfType(
                ChangeRejected.class,
                () -> network.apply(web(2), detached("web-1"), web(3), portGroupDeleted("lab"), web(4)));

        assertThat(rejected.index()).isEqualTo(3);
        assertThat(network.topology()).isSameAs(before);
        assertThat(before.attachments()).containsOnlyKeys(new VnicId("web-1"));
    }

    @Test
    void letsLaterChangesStandOnEarlierOnes() throws ChangeRejected {
        network.apply(web(1));
        network.apply(detached("web-1"), vnic("web-2", HOST_1, "tap1", 1, "web"));

        assertThat(network.slot("web-2")).isZero();
    }

    @Test
    void letsTwoVnicsChangePlacesByWayOfAThird() throws ChangeRejected {
        network.apply(web(1), web(2));
        network.apply(
                vnic("web-1", HOST_2, "tap1", 1, "web"),
                vnic("web-2", HOST_1, "tap1", 2, "web"),
                vnic("web-1", HOST_1, "tap2", 1, "web"));

        assertThat(network.topology().switchboard(HOST_1).size()).isEqualTo(2);
        assertThat(network.topology().switchboard(HOST_2).size()).isZero();
    }

    @Test
    void touchesNothingThatItChangesAndChangesBack() throws ChangeRejected {
        network.apply(web(1));
        Topology before = network.topology();

        Touched touched = network.apply(
                accessVlan("web", 200),
                vnic("web-1", HOST_1, "tap2", 1, "web"),
                vnic("web-1", HOST_1, "tap1", 1, "web"),
                accessVlan("web", 100));

        assertThat(touched.isEmpty()).isTrue();
        assertThat(network.topology()).isSameAs(before);
    }

    @Test
    void leavesAsItWasWhatItChangesAndChangesBackBesideOthers() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0"), web(1));
        Topology before = network.topology();

        Touched touched = network.apply(
                accessVlan("web", 200),
                bridge(HOST_1, "eth0", "eth1"),
                vnic("web-1", HOST_1, "tap2", 1, "web"),
                vnic("web-1", HOST_1, "tap1", 1, "web"),
                bridge(HOST_1, "eth0"),
                accessVlan("web", 100),
                bridge(HOST_2, "eth7"));

        assertThat(touched).isEqualTo(new Touched(new TreeSet<>(), new TreeSet<>(Set.of(HOST_2)), new TreeSet<>()));
        assertThat(network.topology().portGroups()).isEqualTo(before.portGroups());
        assertThat(network.topology().bridge(HOST_1)).isEqualTo(before.bridge(HOST_1));
        assertThat(network.topology().attachments()).isEqualTo(before.attachments());
        assertThat(network.topology().switchboard(HOST_1).pinnedTo(new UplinkPin(1)))
                .isEqualTo(1);

        network.apply(detached("web-1"));
        assertThat(network.topology().switchboard(HOST_1).sets()).isEmpty();
    }

    @Test
    void touchesNothingThatComesAndGoes() throws ChangeRejected {
        Touched touched = network.apply(web(1), web(2), detached("web-1"));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-2"));
    }

    @Test
    void touchesNothingByNoChangesAtAll() throws ChangeRejected {
        Topology before = network.topology();

        assertThat(network.apply().isEmpty()).isTrue();
        assertThat(network.topology()).isSameAs(before);
    }
}

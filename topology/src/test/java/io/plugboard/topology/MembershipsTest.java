package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");
    private static final List<Scope> VLAN = List.of(new Scope.OfVlan(new VlanId(100)));
    private static final MemberSet LISTENERS = new MemberSet(VLAN.get(0), Kind.FILTERED, UplinkPin.NONE);
    private static final MemberSet HOLDERS = new MemberSet(new Scope.OfAddress(0), Kind.HOLDER, UplinkPin.NONE);

    private final Network network = new Network();

    @BeforeEach
    void haveTwoVnicsThatListenToOneGroup() throws ChangeRejected {
        network.apply(accessVlan("web", 100));
        for (int number = 0; number < 2; number++) {
            network.apply(web(number));
            network.apply(new RxFilterReported(
                    new VnicId("web-" + number), Optional.of(RxFilter.exact(mac(number), List.of(GROUP)))));
        }
    }

    private EffectiveVnic inSlot(int slot) {
        return network.topology().switchboard(HOST_1).atSlot(slot).orElseThrow();
    }

    @Test
    void countTheMembersOfEachSetInEachLink() {
        Memberships one = Memberships.NONE.with(inSlot(0), VLAN, AddressBook.EMPTY);
        Memberships both = one.with(inSlot(1), VLAN, AddressBook.EMPTY);

        assertThat(one.links()).isEqualTo(Map.of(LISTENERS, Map.of(0, 1), HOLDERS, Map.of(0, 1)));
        assertThat(both.links()).isEqualTo(Map.of(LISTENERS, Map.of(0, 2), HOLDERS, Map.of(0, 2)));
        assertThat(both.addresses()).isEqualTo(one.addresses());
    }

    @Test
    void areWhatTheyWereBeforeOnceAVnicIsGone() {
        Memberships one = Memberships.NONE.with(inSlot(0), VLAN, AddressBook.EMPTY);

        assertThat(one.with(inSlot(1), VLAN, AddressBook.EMPTY).without(inSlot(1), VLAN))
                .isEqualTo(one);
        assertThat(one.without(inSlot(0), VLAN)).isEqualTo(Memberships.NONE);
    }
}

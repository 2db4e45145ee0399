package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.mac;
import static io.plugboard.topology.Network.trunk;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TouchedTest {
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");
    private static final MacAddress OTHER_GROUP = MacAddress.parse("01:00:5e:00:00:fc");

    private final Network network = new Network();

    @BeforeEach
    void haveAPortGroup() throws ChangeRejected {
        network.apply(accessVlan("web", 100), trunk("trunk", "10-20"), trunk("wide", "15-30"));
    }

    private static TopologyChange listens(int number, MacAddress... groups) {
        return new RxFilterReported(
                new VnicId("web-" + number), Optional.of(RxFilter.exact(mac(number), List.of(groups))));
    }

    private static AddressNumber number(int number) {
        return new AddressNumber(HOST_1, number);
    }

    @Test
    void namesAnAddressWhenTheFirstListensToItAndWhenTheLastIsGone() throws ChangeRejected {
        network.apply(web(1), web(2));

        assertThat(network.apply(listens(1, GROUP, OTHER_GROUP)).addresses()).containsExactly(number(0), number(1));
        assertThat(network.apply(listens(2, GROUP)).addresses()).isEmpty();
        assertThat(network.apply(detached("web-1")).addresses()).containsExactly(number(1));
        assertThat(network.apply(detached("web-2")).addresses()).containsExactly(number(0));
    }

    @Test
    void namesNoAddressOfAVnicThatIsPluggedInAnewAsItWas() throws ChangeRejected {
        network.apply(web(1), listens(1, GROUP));

        Touched touched = network.apply(vnic("web-1", HOST_1, "tap9", 1, "web"));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-1"));
        assertThat(touched.addresses()).isEmpty();
    }

    @Test
    void namesTheAddressesOfATrunkWhoseVlansFallApart() throws ChangeRejected {
        network.apply(vnic("web-1", HOST_1, "tap1", 1, "trunk"), listens(1, GROUP));

        Touched touched = network.apply(vnic("web-2", HOST_1, "tap2", 2, "wide"));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-2"));
        assertThat(touched.addresses()).containsExactly(number(1));
        assertThat(network.apply(detached("web-2")).addresses()).containsExactly(number(1));
    }

    @Test
    void isTogetherWhatEitherTouched() {
        Touched one = new Touched(
                new TreeSet<>(Set.of(new PortGroupName("web"))),
                new TreeSet<>(Set.of(HOST_1)),
                new TreeSet<>(Set.of(new VnicId("web-1"))),
                new TreeSet<>(Set.of(number(1))));
        Touched other = new Touched(
                new TreeSet<>(Set.of(new PortGroupName("lab"))),
                new TreeSet<>(Set.of(HOST_1, HOST_2)),
                new TreeSet<>(Set.of(new VnicId("web-2"))),
                new TreeSet<>(Set.of(number(0), number(1))));

        Touched both = one.and(other);

        assertThat(both.portGroups()).containsExactly(new PortGroupName("lab"), new PortGroupName("web"));
        assertThat(both.bridges()).containsExactly(HOST_1, HOST_2);
        assertThat(both.vnics()).containsExactly(new VnicId("web-1"), new VnicId("web-2"));
        assertThat(both.addresses()).containsExactly(number(0), number(1));
        assertThat(one.and(Touched.NOTHING)).isEqualTo(one);
    }

    @Test
    void sortsNumbersByBridgeAndPrintsThemWithIt() {
        AddressNumber elsewhere = new AddressNumber(HOST_2, 0);

        assertThat(new TreeSet<>(Set.of(elsewhere, number(2), number(1))))
                .containsExactly(number(1), number(2), elsewhere);
        assertThat(number(17)).hasToString("00000000000000a1/17");
    }
}

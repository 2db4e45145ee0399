package io.plugboard.topology;

import static io.plugboard.topology.Network.HOST_1;
import static io.plugboard.topology.Network.HOST_2;
import static io.plugboard.topology.Network.accessVlan;
import static io.plugboard.topology.Network.bridge;
import static io.plugboard.topology.Network.detached;
import static io.plugboard.topology.Network.vnic;
import static io.plugboard.topology.Network.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UplinkPinningTest {
    private final Network network = new Network();

    @BeforeEach
    void haveAPortGroup() throws ChangeRejected {
        network.apply(accessVlan("web", 100));
    }

    @Test
    void spreadsVnicsEvenlyOverTheUplinks() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        attach(1, 5);

        assertThat(uplinks(1, 5)).containsExactly("eth0", "eth1", "eth0", "eth1", "eth0");
    }

    @Test
    void fillsTheUplinkThatHasLost() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        attach(1, 4);
        network.apply(detached("web-2"));
        network.apply(web(5));

        assertThat(network.uplink("web-5")).isEqualTo("eth1");
    }

    @Test
    void pinsWhatWasAttachedBeforeTheBridgeWasPut() throws ChangeRejected {
        attach(1, 4);

        Touched touched = network.apply(bridge(HOST_1, "eth0", "eth1"));

        assertThat(uplinks(1, 4)).containsExactly("eth0", "eth1", "eth0", "eth1");
        assertThat(touched.vnics()).hasSize(4);
    }

    @Test
    void movesNoMoreThanItMustToANewUplink() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        attach(1, 6);
        Map<String, String> before = byName(1, 6);

        Touched touched = network.apply(bridge(HOST_1, "eth0", "eth1", "eth2"));

        assertThat(touched.vnics()).hasSize(2);
        byName(1, 6)
                .forEach((id, uplink) -> assertThat(uplink)
                        .isEqualTo(touched.vnics().contains(new VnicId(id)) ? "eth2" : before.get(id)));
    }

    @Test
    void movesOnlyTheVnicsOfAnUplinkThatIsGone() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1", "eth2"));
        attach(1, 6);

        Touched touched = network.apply(bridge(HOST_1, "eth0", "eth2"));

        assertThat(touched.vnics()).containsExactly(new VnicId("web-2"), new VnicId("web-5"));
        assertThat(uplinks(1, 6)).containsExactly("eth0", "eth0", "eth2", "eth0", "eth2", "eth2");
    }

    @Test
    void leavesPinsAloneWhenUplinksAreNamedInAnotherOrder() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        attach(1, 4);

        Touched touched = network.apply(bridge(HOST_1, "eth1", "eth0"));

        assertThat(touched.bridges()).containsExactly(HOST_1);
        assertThat(touched.vnics()).isEmpty();
        assertThat(uplinks(1, 4)).containsExactly("eth0", "eth1", "eth0", "eth1");
    }

    @Test
    void givesTheSlotOfAnUplinkThatIsGoneToTheOneInItsPlace() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"));
        network.apply(bridge(HOST_1, "eth1", "eth2"));

        assertThat(network.topology().bridge(HOST_1).orElseThrow().uplinks())
                .isEqualTo(Map.of(new UplinkPin(1), "eth2", new UplinkPin(2), "eth1"));
    }

    @Test
    void unpinsWhenTheLastUplinkIsGone() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0"));
        attach(1, 2);

        Touched touched = network.apply(bridge(HOST_1));

        assertThat(network.vnic("web-1").pin()).isEqualTo(UplinkPin.NONE);
        assertThat(touched.vnics()).hasSize(2);
    }

    @Test
    void pinsAVnicAnewOnAnotherBridgeOnly() throws ChangeRejected {
        network.apply(bridge(HOST_1, "eth0", "eth1"), bridge(HOST_2, "eth7"));
        attach(1, 2);
        network.apply(vnic("web-2", HOST_1, "tap9", 9, "web"));
        assertThat(network.uplink("web-2")).isEqualTo("eth1");

        network.apply(vnic("web-2", HOST_2, "tap2", 2, "web"));
        assertThat(network.uplink("web-2")).isEqualTo("eth7");
    }

    @Test
    void keepsTheRevisionOfAVnicThatIsOnlyPinnedAnew() throws ChangeRejected {
        attach(1, 1);
        long revision = network.vnic("web-1").revision();

        network.apply(bridge(HOST_1, "eth0"));

        assertThat(network.vnic("web-1").pin().isPinned()).isTrue();
        assertThat(network.vnic("web-1").revision()).isEqualTo(revision);
    }

    private void attach(int from, int to) throws ChangeRejected {
        for (int number = from; number <= to; number++) {
            network.apply(web(number));
        }
    }

    private String[] uplinks(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> network.uplink("web-" + number))
                .toArray(String[]::new);
    }

    private Map<String, String> byName(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> "web-" + number)
                .collect(Collectors.toMap(Function.identity(), network::uplink));
    }
}

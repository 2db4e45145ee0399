package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BridgeAndVnicTest {
    private static final DatapathId HOST = new DatapathId(0xa1);

    @Test
    void aBridgeNamesAnUplinkOnce() {
        assertThatThrownBy(() -> new Bridge(HOST, "", List.of("eth0", "eth1", "eth0")))
                .hasMessage("an uplink is named twice in [eth0, eth1, eth0]");
    }

    @Test
    void aBridgeHas31UplinksAtMost() {
        List<String> uplinks = new ArrayList<>(
                IntStream.range(0, 31).mapToObj(index -> "eth" + index).toList());
        assertThat(new Bridge(HOST, "", uplinks).uplinks()).hasSize(31);

        uplinks.add("eth31");
        assertThatThrownBy(() -> new Bridge(HOST, "", uplinks)).hasMessage("a bridge has at most 31 uplinks, not 32");
    }

    @Test
    void anUplinkHasTheNameOfAPort() {
        assertThatThrownBy(() -> new Bridge(HOST, "", List.of("sixteen-letters.")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVnicOwnsNoGroupAddress() {
        assertThatThrownBy(() -> vnic("53:54:00:00:00:01"))
                .hasMessage("53:54:00:00:00:01 is a group address (its multicast bit is set):"
                        + " no network card can own it");
    }

    @Test
    void aVnicOwnsAnAddress() {
        assertThatThrownBy(() -> vnic("00:00:00:00:00:00"))
                .hasMessage("00:00:00:00:00:00 is no address of a network card");
    }

    private static Vnic vnic(String mac) {
        return new Vnic(
                new VnicId("web-1"),
                new Place(HOST, new PortRef.ByName("tap0")),
                MacAddress.parse(mac),
                new PortGroupName("web"),
                Vnic.Source.REST);
    }
}

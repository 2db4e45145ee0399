package io.plugboard.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanSet;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FilterJsonTest {

    @Test
    void writesFilterAsTheRestApiHasIt() {
        assertThat(FilterJson.of(Cards.FILTER)).isEqualTo(Cards.FILTER_TEXT);
    }

    @Test
    void writesVlansAsRanges() {
        BitSet vlans = new BitSet();
        vlans.set(0);
        vlans.set(42, 44);
        RxFilter filter = new RxFilter(
                Cards.MAC,
                true,
                true,
                new TreeSet<>(),
                new TreeSet<>(List.of(MacAddress.parse("02:00:00:00:00:01"))),
                Optional.of(VlanSet.of(vlans)));
        assertThat(FilterJson.of(filter))
                .isEqualTo("{\"mac\":\"52:54:00:00:00:01\",\"promiscuous\":true,\"allMulticast\":true,\"multicast\":[],"
                        + "\"unicast\":[\"02:00:00:00:00:01\"],\"vlans\":[\"0\",\"42-43\"]}");
    }
}

package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportedFilterTest {
    private final ObjectNode info = Filters.setUp("net0");

    private RxFilter read() {
        return ReportedFilter.read(info).orElseThrow();
    }

    private static List<MacAddress> macs(String... texts) {
        return List.of(texts).stream().map(MacAddress::parse).toList();
    }

    @Test
    void isExactWhenTheGuestHasSetItsCardUp() {
        assertThat(read())
                .isEqualTo(RxFilter.exact(
                        MacAddress.parse("52:54:00:00:00:01"), macs("01:00:5e:00:00:01", "33:33:00:00:00:01")));
    }

    @Test
    void isNoneBeforeTheGuestHasSetItsCardUp() {
        assertThat(ReportedFilter.read(Filters.untouched("net0"))).isEmpty();
    }

    @Test
    void isPromiscuousOfGuestWhoseCardHasNoVlanFilter() {
        ObjectNode unfiltered = Filters.untouched("net0");
        unfiltered.set("multicast-table", Filters.json("['01:00:5e:00:00:01']"));
        assertThat(ReportedFilter.read(unfiltered)).hasValueSatisfying(filter -> {
            assertThat(filter.promiscuous()).isTrue();
            assertThat(filter.vlans()).isEmpty();
        });
    }

    @Test
    void followsTheAddressThatTheGuestHasGivenItself() {
        info.put("main-mac", "52:54:00:00:00:99").put("promiscuous", true);
        assertThat(read().mac()).isEqualTo(MacAddress.parse("52:54:00:00:00:99"));
        assertThat(read().promiscuous()).isTrue();
    }

    @Test
    void listensToAllMulticastWhenToldToOrWhenItsTableHasOverflowed() {
        info.put("multicast", "all");
        assertThat(read().allMulticast()).isTrue();
        assertThat(read().multicast()).isEmpty();
        info.put("multicast", "normal").put("multicast-overflow", true);
        assertThat(read().allMulticast()).isTrue();
    }

    @Test
    void listensToNoMulticastWhenToldSo() {
        info.put("multicast", "none").put("multicast-overflow", true);
        assertThat(read().allMulticast()).isFalse();
        assertThat(read().multicast()).isEmpty();
    }

    @Test
    void hasFurtherAddressesUnlessTheyCannotBeAnyones() {
        info.set("unicast-table", Filters.json("['02:00:00:00:00:01', '00:00:00:00:00:00', '01:00:5e:00:00:07']"));
        assertThat(read().unicast()).containsExactlyElementsOf(macs("02:00:00:00:00:01"));
        info.put("unicast", "none");
        assertThat(read().unicast()).isEmpty();
        assertThat(read().promiscuous()).isFalse();
    }

    @Test
    void isPromiscuousWhenItPassesAllUnicast() {
        info.set("unicast-table", Filters.json("['02:00:00:00:00:01']"));
        info.put("unicast", "all");
        assertThat(read().promiscuous()).isTrue();
        assertThat(read().unicast()).isEmpty();
        info.put("unicast", "normal").put("unicast-overflow", true);
        assertThat(read().promiscuous()).isTrue();
    }

    @Test
    void takesMoreThanCardHasRoomForAsOverflow() {
        info.set(
                "multicast-table",
                Filters.json(IntStream.range(0, 65)
                        .mapToObj("'01:00:5e:00:01:%02x'"::formatted)
                        .collect(Collectors.joining(",", "[", "]"))));
        assertThat(read().allMulticast()).isTrue();
        assertThat(read().multicast()).isEmpty();
    }

    @Test
    void namesVlansWhereItFiltersThem() {
        info.set("vlan-table", Filters.json("[42, 0, 43, 4095, -1, 'x']"));
        assertThat(read().vlans())
                .hasValueSatisfying(vlans ->
                        assertThat(vlans.ranges()).extracting(Object::toString).containsExactly("0", "42-43"));
    }

    @Test
    void isRefusedWithoutAnAddressOfItsOwn() {
        for (String mac : List.of("", "x", "01:00:5e:00:00:01", "00:00:00:00:00:00")) {
            info.put("main-mac", mac);
            assertThatIllegalArgumentException().isThrownBy(this::read);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ReportedFilter.read(Filters.json("'x'")));
    }
}

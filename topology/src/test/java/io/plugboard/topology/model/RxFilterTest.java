package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RxFilterTest {
    private static final MacAddress OWN = MacAddress.parse("52:54:00:00:00:01");
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:00");

    private static SortedSet<MacAddress> groups(int count) {
        return LongStream.range(0, count)
                .mapToObj(index -> new MacAddress(GROUP.bits() + index))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static RxFilter unicast(MacAddress further) {
        return new RxFilter(OWN, false, false, new TreeSet<>(), new TreeSet<>(List.of(further)), Optional.empty());
    }

    @Test
    void letsEveryMulticastThroughWhenItNamesMoreThan1024() {
        assertThat(RxFilter.exact(OWN, groups(1024)).overflows()).isFalse();
        assertThat(RxFilter.exact(OWN, groups(1025)).overflows()).isTrue();
    }

    @Test
    void namesGroupsAsMulticastAndNoOthers() {
        assertThatThrownBy(() -> RxFilter.exact(OWN, List.of(GROUP, OWN)))
                .hasMessage("52:54:00:00:00:01 is not a multicast address");
    }

    @Test
    void namesNoGroupAsItsOwnOrAsUnicast() {
        assertThatThrownBy(() -> RxFilter.exact(GROUP, List.of())).hasMessageContaining("is a group address");
        assertThatThrownBy(() -> unicast(GROUP)).hasMessageContaining("is a group address");
    }
}

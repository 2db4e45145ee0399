package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.model.VlanSet.Range;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VlanSetTest {
    private static VlanSet vlans(String... idsAndRanges) {
        return VlanSet.parse(List.of(idsAndRanges));
    }

    private static Range range(int first, int last) {
        return new Range(new VlanId(first), new VlanId(last));
    }

    @Test
    void readsIdsAndRangesInAnyOrderAndPrintsThemAscending() {
        assertThat(vlans("300", " 100-199 ", "0")).hasToString("0,100-199,300");
        assertThat(vlans("12", "10", "11")).hasToString("10-12");
        assertThat(vlans("10-20", "15-30")).hasToString("10-30");
        assertThat(vlans("4094-4094")).hasToString("4094");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-", "1-", "-1", "1-2-3", "1,2", "10000"})
    void refusesWhatIsNeitherAnIdNorARange(String text) {
        assertThatThrownBy(() -> vlans(text)).hasMessage("'" + text + "' is not a VLAN id or a range such as 100-199");
    }

    @Test
    void refusesARangeThatGoesDown() {
        assertThatThrownBy(() -> vlans("20-10")).hasMessage("a range of VLANs goes up, not from 20 to 10");
    }

    @Test
    void hasAtLeastOneVlan() {
        assertThatThrownBy(VlanSetTest::vlans).hasMessage("a set of VLANs has at least one");
    }

    @Test
    void hasAGapBetweenEachRangeAndTheNext() {
        assertThat(new VlanSet(List.of(range(1, 2), range(4, 5)))).isEqualTo(vlans("1-2", "4-5"));
        assertThatThrownBy(() -> new VlanSet(List.of(range(1, 2), range(3, 5))))
                .hasMessage("the ranges of VLANs touch or are not in order: [1-2, 3-5]");
        assertThatThrownBy(() -> new VlanSet(List.of(range(4, 5), range(1, 2))))
                .hasMessage("the ranges of VLANs touch or are not in order: [4-5, 1-2]");
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "15, true", "20, true", "21, false", "30, true", "31, false"})
    void containsARangeFromItsFirstToItsLast(int vlan, boolean isIn) {
        assertThat(vlans("10-20", "30").contains(new VlanId(vlan))).isEqualTo(isIn);
    }

    @ParameterizedTest
    @CsvSource({"1-9, false", "1-10, true", "12-13, true", "20-29, true", "21-29, false", "30, true", "31, false"})
    void intersectsWhatHasAVlanOfItsOwn(String other, boolean intersects) {
        assertThat(vlans("10-20", "30").intersects(vlans(other))).isEqualTo(intersects);
        assertThat(vlans(other).intersects(vlans("10-20", "30"))).isEqualTo(intersects);
    }

    @Test
    void findsTheFirstVlanThatIsInAnotherToo() {
        assertThat(vlans("10-20", "30").firstIn(vlans("5", "18-40"))).contains(new VlanId(18));
        assertThat(vlans("10-20", "30").firstIn(vlans("5", "30"))).contains(new VlanId(30));
        assertThat(vlans("10-20").firstIn(vlans("5", "21"))).isEmpty();
    }

    @Test
    void sortsByItsRangesOneAfterTheOther() {
        List<VlanSet> sorted = List.of(
                vlans("1-2"), vlans("1-3"), vlans("1-3", "5"), vlans("1-3", "5-6"), vlans("1-3", "7"), vlans("2"));

        assertThat(new TreeSet<>(List.of(
                        sorted.get(4), sorted.get(2), sorted.get(5), sorted.get(0), sorted.get(3), sorted.get(1))))
                .containsExactlyElementsOf(sorted);
    }
}

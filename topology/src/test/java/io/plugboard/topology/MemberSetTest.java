package io.plugboard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order that all sets of a scope lie together in. */
class MemberSetTest {
    private static final Scope VLAN = new Scope.OfVlan(new VlanId(7));

    private static <T> void assertSorted(List<T> sorted) {
        List<T> reversed = new ArrayList<>(sorted);
        Collections.reverse(reversed);
        assertThat(new TreeSet<>(reversed)).containsExactlyElementsOf(sorted);
    }

    @Test
    void scopesAreSortedByKindAndThenByIndex() {
        assertSorted(List.of(
                new Scope.OfVlan(VlanId.UNTAGGED),
                new Scope.OfVlan(new VlanId(9)),
                new Scope.OfClass(VlanId.UNTAGGED),
                new Scope.OfClass(new VlanId(8)),
                new Scope.OfAddress(0),
                new Scope.OfAddress(7)));
    }

    @Test
    void setsAreSortedByScopeAndThenByKindAndThenByUplink() {
        assertSorted(List.of(
                new MemberSet(VLAN, Kind.ALL_MULTICAST, new UplinkPin(1)),
                new MemberSet(VLAN, Kind.ALL_MULTICAST, new UplinkPin(2)),
                new MemberSet(VLAN, Kind.MIRRORING, UplinkPin.NONE),
                new MemberSet(new Scope.OfVlan(new VlanId(8)), Kind.ALL_MULTICAST, UplinkPin.NONE)));
    }
}

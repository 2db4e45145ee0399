package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.MemberSet;
import io.plugboard.topology.Scope;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupIdTest {
    private static final int LINKS = Attachment.MAX_SLOTS / Switchboard.SLOTS_PER_LINK;
    private static final long OFPG_MAX = 0xffffff00L;

    @Test
    void differsForEachSetAndLink() {
        Set<GroupId> ids = new HashSet<>();
        int made = 0;
        for (int vlan : new int[] {0, 1, 100, VlanId.MAX}) {
            for (int pin : new int[] {0, 1, Bridge.MAX_UPLINKS}) {
                for (MemberSet set : sets(new VlanId(vlan), new UplinkPin(pin))) {
                    ids.add(GroupId.root(set));
                    made++;
                    for (int link : new int[] {0, 1, LINKS - 1}) {
                        ids.add(GroupId.link(set, link));
                        made++;
                    }
                }
            }
        }

        assertThat(ids).hasSize(made).allSatisfy(id -> {
            assertThat(id.isOurs()).isTrue();
            assertThat(Integer.toUnsignedLong(id.bits())).isBetween(1L, OFPG_MAX);
        });
    }

    private static List<MemberSet> sets(VlanId vlan, UplinkPin pin) {
        List<MemberSet> sets = new ArrayList<>();
        for (MemberSet.Kind kind : MemberSet.Kind.values()) {
            if (kind == MemberSet.Kind.HOLDER) {
                sets.add(new MemberSet(new Scope.OfAddress(vlan.value()), kind, pin));
                sets.add(new MemberSet(new Scope.OfAddress(Switchboard.MAX_ADDRESSES - 1 - vlan.value()), kind, pin));
            } else {
                sets.add(new MemberSet(new Scope.OfVlan(vlan), kind, pin));
                sets.add(new MemberSet(new Scope.OfClass(vlan), kind, pin));
            }
        }
        return sets;
    }

    @Test
    void ofARootIsLowerThanThoseOfItsLinks() {
        MemberSet set = new MemberSet(
                new Scope.OfVlan(new VlanId(VlanId.MAX)),
                MemberSet.Kind.ALL_MULTICAST,
                new UplinkPin(Bridge.MAX_UPLINKS));

        assertThat(GroupId.root(set)).isLessThan(GroupId.link(set, 0));
        assertThat(GroupId.link(set, 0)).isLessThan(GroupId.link(set, LINKS - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4711, 1 << 27, 0xe0000000, 0xffffff00})
    void isNotOursWithoutOurKind(int bits) {
        assertThat(new GroupId(bits).isOurs()).isFalse();
    }

    @Test
    void isUnsigned() {
        assertThat(new GroupId(0xffffff00)).hasToString("4294967040").isGreaterThan(new GroupId(1));
    }
}

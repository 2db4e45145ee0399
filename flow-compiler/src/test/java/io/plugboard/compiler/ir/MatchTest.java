package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MatchTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:00:00:01");

    @Test
    void isTheSameWhateverOrderItsFieldsAreGivenIn() {
        Match one = Match.any().inPort(3).ethSrc(MAC).vlan(new VlanId(100));
        Match other = Match.any().vlan(new VlanId(100)).inPort(3).ethSrc(MAC);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
        assertThat(one).isNotEqualTo(other.inPort(4)).isNotEqualTo(other.ethDst(MAC));
    }

    @Test
    void replacesAFieldThatIsGivenAgain() {
        assertThat(Match.any().inPort(3).ethSrc(MAC).inPort(4))
                .isEqualTo(Match.any().inPort(4).ethSrc(MAC));
    }

    @Test
    void keepsNoBitOutsideTheMask() {
        Match match = Match.any().with(MatchField.METADATA, 0xff, 0x0f);

        assertThat(match.value(MatchField.METADATA)).isEqualTo(0x0f);
        assertThat(match.isExact(MatchField.METADATA)).isFalse();
    }

    @Test
    void refusesBitsThatTheFieldHasNot() {
        assertThatThrownBy(() -> Match.any().with(MatchField.VLAN_VID, 0x2000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VLAN_VID has no such bits: 0x2000/0x1fff");
        assertThatThrownBy(() -> Match.any().with(MatchField.IP_PROTO, 1, 0x100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Match.any().with(MatchField.IP_PROTO, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsFramesWithoutATagFromThoseWithAPriorityTag() {
        assertThat(Match.any().untagged()).hasToString("vlan_vid=0x0");
        assertThat(Match.any().priorityTagged()).hasToString("vlan_vid=0x1000");
        assertThat(Match.any().vlan(new VlanId(100))).hasToString("vlan_vid=0x1064");
        assertThat(Match.any().tagged()).hasToString("vlan_vid=0x1000/0x1000");
    }

    @Test
    void readsAsOvsOfctlSpellsIt() {
        assertThat(Match.any().inPort(PortRef.LOCAL)).hasToString("in_port=LOCAL");
        assertThat(Match.any().inPort(PortRef.MAX_NUMBER)).hasToString("in_port=4294967040");
        assertThat(Match.any().with(MatchField.METADATA, -1L)).hasToString("metadata=0xffffffffffffffff");
        assertThat(Match.any()
                        .ethType(0x86dd)
                        .with(MatchField.IP_PROTO, 58)
                        .with(MatchField.ICMPV6_TYPE, 143)
                        .with(MatchField.ETH_DST, 1L << 40, 1L << 40))
                .hasToString("dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,dl_type=0x86dd,nw_proto=58,icmp_type=143");
        assertThat(Match.any()).hasToString("");
    }

    @Test
    void sortsByFieldThenValueThenMask() {
        assertThat(Stream.of(
                                Match.any(),
                                Match.any().ethSrc(MAC),
                                Match.any().inPort(0xfffffffe),
                                Match.any().inPort(2),
                                Match.any().inPort(2).ethSrc(MAC))
                        .sorted())
                .isSortedAccordingTo(Match::compareTo)
                .containsSubsequence(Match.any().inPort(2), Match.any().inPort(0xfffffffe));
    }
}

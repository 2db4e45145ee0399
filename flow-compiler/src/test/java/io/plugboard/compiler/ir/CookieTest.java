package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

    @ParameterizedTest
    @MethodSource("owners")
    void namesItsRuleAndItsOwner(Owner owner) {
        for (Rule rule : Rule.values()) {
            Cookie cookie = Cookie.of(rule, owner);

            assertThat(cookie.rule()).contains(rule);
            assertThat(cookie.owner()).contains(owner);
            assertThat(cookie.bits() & Cookie.RULE_MASK)
                    .isEqualTo(Cookie.of(rule).bits());
        }
    }

    static Stream<Owner> owners() {
        return Stream.of(
                new Owner.OfBridge(),
                new Owner.OfUplink(new UplinkPin(1)),
                new Owner.OfUplink(new UplinkPin(Bridge.MAX_UPLINKS)),
                new Owner.OfSegment(VlanId.UNTAGGED),
                new Owner.OfSegment(new VlanId(VlanId.MAX)),
                new Owner.OfClass(VlanId.UNTAGGED),
                new Owner.OfClass(new VlanId(VlanId.MAX)),
                new Owner.OfAddress(0),
                new Owner.OfAddress(Switchboard.MAX_ADDRESSES - 1),
                new Owner.OfVnic(0),
                new Owner.OfVnic(Attachment.MAX_SLOTS - 1));
    }

    @Test
    void isDrawnAsItIs() {
        Cookie cookie = Cookie.of(Rule.GUARD_FORGED, new Owner.OfVnic(5));

        assertThat(cookie).hasToString("0x706c160400000005");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x706d_1604_0000_0005L, 0x706c_ff04_0000_0005L})
    void namesNoRuleWhenItIsNotOurs(long bits) {
        assertThat(new Cookie(bits).rule()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                -1,
                0x706d_1604_0000_0005L,
                0x706c_1600_0000_0000L,
                0x706c_1607_0000_0000L,
                0x706c_1605_0000_0fffL,
                0x706c_1602_0000_0020L,
                0x706c_1602_ffff_ffffL,
                0x706c_1603_0000_0fffL,
                0x706c_1603_8000_0000L
            })
    void namesNoOwnerWhenItIsNotOurs(long bits) {
        assertThat(new Cookie(bits).owner()).isEmpty();
    }

    @Test
    void hasACodeOfItsOwnForEachRule() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::code)).doesNotHaveDuplicates();
        assertThat(Rule.values()).allSatisfy(rule -> assertThat(rule.code()).isBetween(1, 255));
    }
}

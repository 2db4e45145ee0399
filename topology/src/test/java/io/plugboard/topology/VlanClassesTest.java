package io.plugboard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class VlanClassesTest {
    private static final VlanSet LOW = vlans("10-20");
    private static final VlanSet MIDDLE = vlans("15-30");

    private static VlanSet vlans(String... ranges) {
        return VlanSet.parse(List.of(ranges));
    }

    @Test
    void areNoneWithoutATrunk() {
        assertThat(VlanClasses.NONE.byFirst()).isEmpty();
        assertThat(VlanClasses.NONE.startingAt(new VlanId(10))).isEmpty();
    }

    @Test
    void areTheVlansOfTheOnlyTrunk() {
        VlanClasses classes = VlanClasses.NONE.with(LOW);

        assertThat(classes.of(LOW)).containsExactly(new VlanId(10));
        assertThat(classes.startingAt(new VlanId(10))).contains(LOW);
        assertThat(classes.startingAt(new VlanId(11))).isEmpty();
    }

    @Test
    void splitWhereTrunksOverlap() {
        VlanClasses classes = VlanClasses.NONE.with(LOW).with(MIDDLE);

        assertThat(classes.byFirst().values()).containsExactly(vlans("10-14"), vlans("15-20"), vlans("21-30"));
        assertThat(classes.of(LOW)).containsExactly(new VlanId(10), new VlanId(15));
        assertThat(classes.of(MIDDLE)).containsExactly(new VlanId(15), new VlanId(21));
    }

    @Test
    void areWholeAgainWithoutTheTrunkThatSplitThem() {
        VlanClasses classes = VlanClasses.NONE.with(LOW).with(MIDDLE).without(MIDDLE);

        assertThat(classes).isEqualTo(VlanClasses.NONE.with(LOW));
        assertThat(classes.without(LOW)).isEqualTo(VlanClasses.NONE);
    }

    @Test
    void lastAsLongAsTheLastOfSeveralVnicsWithTheSameTrunk() {
        VlanClasses one = VlanClasses.NONE.with(LOW);
        VlanClasses two = one.with(LOW);

        assertThat(two.trunks()).containsEntry(LOW, 2);
        assertThat(two.hasSameClasses(one)).isTrue();
        assertThat(two.without(LOW)).isEqualTo(one);
        assertThat(two.without(LOW).without(LOW).hasSameClasses(one)).isFalse();
    }

    @Test
    void doNotDependOnTheOrderOfTheTrunks() {
        VlanSet all = vlans("0-4094");

        assertThat(VlanClasses.NONE.with(all).with(LOW).with(MIDDLE))
                .isEqualTo(VlanClasses.NONE.with(MIDDLE).with(all).with(LOW));
    }
}

package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SwitchProfileTest {

    @Test
    void fitsAnOpenVSwitch() {
        assertThat(new SwitchProfile(254, -1L, true, true, true, true).misfits())
                .isEmpty();
    }

    @Test
    void fitsASwitchThatHasJustWhatThePipelineNeeds() {
        assertThat(new SwitchProfile(FlowTable.values().length, Metadata.USED_BITS, true, true, false, false).misfits())
                .isEmpty();
    }

    @Test
    void tellsEachThingThatIsMissing() {
        assertThat(new SwitchProfile(1, 0xffffL, false, false, false, false).misfits())
                .satisfiesExactly(
                        tables -> assertThat(tables).contains("it has 1 flow tables, the pipeline needs"),
                        metadata -> assertThat(metadata).contains("the metadata bits 0xffff"),
                        groups -> assertThat(groups).contains("no groups of type ALL"),
                        chaining -> assertThat(chaining).contains("cannot send to another group"));
    }
}

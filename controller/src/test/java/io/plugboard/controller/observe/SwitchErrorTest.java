package io.plugboard.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OFPFMFC_TABLE_FULL | FLOW_MOD_FAILED | TABLE_FULL",
                "OFPBRC_BAD_LEN | BAD_REQUEST | BAD_LEN",
                "the switch says OFPGMFC_OUT_OF_GROUPS of a group | GROUP_MOD_FAILED | OUT_OF_GROUPS",
                "OFPET_FLOW_MOD_FAILED, code 99 | FLOW_MOD_FAILED | 99",
                "error type 77, code 3 | 77 | 3",
                "OFPET_EXPERIMENTER 0a0b0c | EXPERIMENTER | other"
            })
    void namesTypeAndCode(String words, String type, String code) {
        assertThat(SwitchError.of(words)).contains(new SwitchError(type, code));
    }

    @Test
    void takesOtherComplaintsForNoErrorOfOpenFlow() {
        assertThat(SwitchError.of("it reports a flow removed, which nobody asked for"))
                .isEmpty();
    }
}

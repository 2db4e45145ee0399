package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateTextTest {
    private static final String FACE = "\uD83D\uDE42";

    @Test
    void longReasonIsCutToWhatTheRowIsToHold() {
        assertThat(StateText.refused("x".repeat(1000)))
                .hasSize(300)
                .startsWith("refused:xxx")
                .endsWith("x\u2026");
        assertThat(StateText.refused("short")).isEqualTo("refused:short");
    }

    @Test
    void characterOfTwoHalvesIsNotCutInTwo() {
        for (int before = 280; before < 300; before++) {
            String text = StateText.refused("x".repeat(before) + FACE.repeat(20));

            assertThat(text.replace(FACE, "").chars().mapToObj(each -> (char) each))
                    .noneMatch(Character::isSurrogate);
        }
    }
}

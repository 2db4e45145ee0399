package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QmpJsonTest {

    @Test
    void readsTheAnswerOfThirtyCardsThatListAllVlans() throws QmpFailure {
        ArrayNode cards = JsonNodeFactory.instance.arrayNode();
        for (int card = 0; card < 30; card++) {
            cards.add(Filters.untouched("net" + card));
        }
        String line = "{\"return\": " + cards + ", \"id\": 7}";
        assertThat(line).hasSizeLessThan(QmpJson.MAX_LINE);
        assertThat(QmpJson.returned(QmpJson.parse(line))).isEqualTo(cards);
    }

    @ParameterizedTest
    @CsvSource({"'{}'", "'[]'", "'\"x\"'", "'{\"x\":null}'"})
    void refusesLineThatSaysTooMuch(String part) {
        String line = "[" + (part + ",").repeat(10_000) + part + "]";
        assertThatExceptionOfType(QmpFailure.class)
                .isThrownBy(() -> QmpJson.parse(line))
                .withMessage("it sent a line that says too much");
    }

    @Test
    void refusesMoreNumbersThanThereAreVlans() {
        String line = "[" + "1,".repeat(250_000) + "1]";
        assertThatExceptionOfType(QmpFailure.class).isThrownBy(() -> QmpJson.parse(line));
    }

    @Test
    void refusesDeepLine() {
        assertThatExceptionOfType(QmpFailure.class).isThrownBy(() -> QmpJson.parse("[".repeat(33) + "]".repeat(33)));
    }

    @Test
    void givesTheWordsOfRefusal() {
        assertThatExceptionOfType(QmpFailure.class)
                .isThrownBy(() -> QmpJson.returned(Filters.json("{'error': {'class': 'x', 'desc': 'no such device'}}")))
                .withMessage("no such device");
    }
}

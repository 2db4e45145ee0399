package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    /** As ovsdb-server(7), section 4.1.14 says what the difference between two sets is. */
    @Property
    void leadsFromOneSetToAnother(
            @ForAll Set<@IntRange(min = 0, max = 9) Integer> before,
            @ForAll Set<@IntRange(min = 0, max = 9) Integer> after) {
        Set<Integer> difference = new HashSet<>(before);
        after.stream().filter(element -> !difference.remove(element)).forEach(difference::add);

        JsonNode applied = Difference.applied(set(before), set(difference));

        assertThat(Columns.elements(applied)).map(Columns::integer).containsExactlyInAnyOrderElementsOf(after);
    }

    @Property
    void leadsFromOneMapToAnother(
            @ForAll @Size(max = 8) Map<@IntRange(min = 0, max = 9) Integer, @IntRange(min = 0, max = 2) Integer> before,
            @ForAll @Size(max = 8)
                    Map<@IntRange(min = 0, max = 9) Integer, @IntRange(min = 0, max = 2) Integer> after) {
        Map<Integer, Integer> difference = new HashMap<>(before);
        after.forEach((key, value) -> {
            if (!difference.remove(key, value)) {
                difference.put(key, value);
            }
        });

        JsonNode applied = Difference.applied(map(before), map(difference));

        assertThat(Columns.texts(applied)).isEqualTo(Columns.texts(map(after)));
    }

    private static JsonNode set(Set<Integer> elements) {
        return Columns.set(elements.stream()
                .map(element -> Database.json(element.toString()))
                .toList());
    }

    private static JsonNode map(Map<Integer, Integer> pairs) {
        Map<JsonNode, JsonNode> json = new HashMap<>();
        pairs.forEach((key, value) -> json.put(Database.json("'" + key + "'"), Database.json("'" + value + "'")));
        return Columns.map(json);
    }

    @Test
    void takesColumnThatWasNotToldForAnEmptyOne() {
        assertThat(Difference.applied(MissingNode.getInstance(), Database.json("['map',[['a','b']]]")))
                .isEqualTo(Database.json("['map',[['a','b']]]"));
        assertThat(Difference.applied(MissingNode.getInstance(), Database.json("7")))
                .isEqualTo(Database.json("['set',[7]]"));
    }

    @Test
    void takesSingleElementForSetOfOne() {
        assertThat(Difference.applied(Database.json("7"), Database.json("['set',[7,8]]")))
                .isEqualTo(Database.json("['set',[8]]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7 | ['map',[['a','b']]]",
                "['map',[['a','b']]] | 7",
                "['map',[]] | ['map',[['a']]]",
                "null | 7",
                "null | ['map',[]]"
            })
    void isNothingThatColumnCanBeWhereItCannotBeUnderstood(String before, String difference) {
        assertThat(Difference.applied(Database.json(before), Database.json(difference)))
                .isEqualTo(NullNode.instance);
    }
}

package io.plugboard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberingTest {
    private static Numbering<String> numbered(String... things) {
        Numbering<String> numbering = Numbering.empty();
        for (String thing : things) {
            numbering = numbering.with(numbering.smallestFree(number -> false), thing);
        }
        return numbering;
    }

    @Test
    void countsFromZero() {
        assertThat(numbered().smallestFree(number -> false)).isZero();
        assertThat(numbered("a", "b").at(0)).contains("a");
        assertThat(numbered("a", "b").at(1)).contains("b");
        assertThat(numbered("a", "b").at(2)).isEmpty();
    }

    @Test
    void givesASmallerNumberAgainBeforeALargerOneAnew() {
        Numbering<String> numbering = numbered("a", "b", "c", "d").without(2).without(1);

        assertThat(numbering.smallestFree(number -> false)).isEqualTo(1);
        assertThat(numbering.with(1, "e").smallestFree(number -> false)).isEqualTo(2);
        assertThat(numbering.with(1, "e").with(2, "f").smallestFree(number -> false))
                .isEqualTo(4);
    }

    @Test
    void passesOverWhatIsReserved() {
        Numbering<String> numbering = numbered("a", "b", "c", "d").without(1).without(2);

        assertThat(numbering.smallestFree(number -> number == 1)).isEqualTo(2);
        assertThat(numbering.smallestFree(number -> number < 7)).isEqualTo(7);
    }

    @Test
    void takesAnyNumberAndRemembersThoseBelow() {
        Numbering<String> numbering = Numbering.<String>empty().with(3, "a");

        assertThat(numbering.holes()).containsExactly(0, 1, 2);
        assertThat(numbering.smallestFree(number -> number == 0)).isEqualTo(1);
    }

    @Test
    void isWhatItWasBeforeOnceTheLastOnesAreGone() {
        assertThat(numbered("a", "b", "c", "d").without(2).without(1).without(3))
                .isEqualTo(numbered("a"));
        assertThat(numbered("a", "b", "c").without(1).without(0).without(2)).isEqualTo(numbered());
    }
}

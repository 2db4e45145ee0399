package io.plugboard.it;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** For what happens by itself and is not announced. */
public final class Eventually {
    private Eventually() {}

    /** Asks until the answer is right, and returns it. Only the time limit of the test ends it otherwise. */
    public static <T> T get(Supplier<T> question, Predicate<T> isRight) {
        T answer = question.get();
        while (!isRight.test(answer)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("the last answer was " + answer);
            }
            answer = question.get();
        }
        return answer;
    }
}

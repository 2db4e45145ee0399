package io.plugboard.topology;

import java.util.Optional;
import java.util.function.IntPredicate;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** Things that have a number from 0 for as long as they are there. Immutable; a change costs the logarithm of their number. */
record Numbering<T>(TreePMap<Integer, T> byNumber, TreePSet<Integer> holes) {

    static <T> Numbering<T> empty() {
        return new Numbering<>(TreePMap.empty(), TreePSet.empty());
    }

    Optional<T> at(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The smallest that nothing has and that is not reserved. */
    int smallestFree(IntPredicate reserved) {
        for (int hole : holes) {
            if (!reserved.test(hole)) {
                return hole;
            }
        }
        int next = afterLast();
        while (reserved.test(next)) {
            next++;
        }
        return next;
    }

    private int afterLast() {
        return byNumber.isEmpty() ? 0 : byNumber.lastKey() + 1;
    }

    Numbering<T> with(int number, T thing) {
        TreePSet<Integer> free = holes.minus(number);
        for (int hole = afterLast(); hole < number; hole++) {
            free = free.plus(hole);
        }
        return new Numbering<>(byNumber.plus(number, thing), free);
    }

    Numbering<T> without(int number) {
        TreePMap<Integer, T> left = byNumber.minus(number);
        TreePSet<Integer> free = holes.plus(number);
        if (left.isEmpty()) {
            free = TreePSet.empty();
        } else {
            while (!free.isEmpty() && free.last() > left.lastKey()) {
                free = free.minus(free.last());
            }
        }
        return new Numbering<>(left, free);
    }
}

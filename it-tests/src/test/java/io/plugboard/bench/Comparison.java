package io.plugboard.bench;

import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * One figure beside its floor, round by round: the n-th value of each was measured right after the other.
 *
 * @param unit of both
 * @param floorName what the floor is
 */
record Comparison(String name, String unit, List<Double> plugboard, String floorName, List<Double> floor, Goal goal) {

    /**
     * What the ratio of Plugboard's figure to the floor's should be.
     *
     * @param text empty when it is not a goal
     */
    record Goal(String text, DoublePredicate isMetBy) {
        static Goal atLeast(double bound) {
            return new Goal("≥ " + bound + " ×", ratio -> ratio >= bound);
        }

        static Goal atMost(double bound) {
            return new Goal("≤ " + bound + " ×", ratio -> ratio <= bound);
        }

        /** The figure explains another. */
        static Goal none() {
            return new Goal("", ratio -> true);
        }
    }

    Comparison {
        plugboard = List.copyOf(plugboard);
        floor = List.copyOf(floor);
    }

    /** The median of the pairwise ratios: a machine that drifts does so for both of a pair. */
    double ratio() {
        return Statistics.median(IntStream.range(0, plugboard.size())
                .mapToObj(round -> plugboard.get(round) / floor.get(round))
                .toList());
    }

    /** What became of the goal, in words; empty without one. */
    String outcome() {
        if (goal.text().isEmpty()) {
            return "";
        }
        return goal.isMetBy().test(ratio()) ? "met" : "not met";
    }
}

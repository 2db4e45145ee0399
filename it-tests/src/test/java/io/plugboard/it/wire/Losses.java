package io.plugboard.it.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of a stream's frames.
 *
 * @param sent up to the last that arrived
 * @param lost the numbers of those before it that did not
 * @param duplicates copies beyond the first
 * @param since how many were sent behind the last that arrived
 * @param gap nanoseconds, the longest time between two arrivals
 */
record Losses(int sent, List<Integer> lost, int duplicates, int since, long gap) {

    /** What was sent by the machine outside, and has come to the guest's card. */
    static Losses of(Watch watch, int mark, NumberedStream stream) {
        return between(watch.since(mark), stream, "source-end", "card");
    }

    static Losses between(List<Sighting> seen, NumberedStream stream, String from, String to) {
        Map<Integer, Integer> arrivals = new HashMap<>();
        int first = Integer.MAX_VALUE;
        int last = 0;
        long gap = 0;
        Optional<Long> before = Optional.empty();
        for (Sighting sighting : seen) {
            Optional<Integer> number = sighting.numberIn(stream);
            if (number.isEmpty()) {
                continue;
            }
            if (sighting.device().equals(from)) {
                first = Math.min(first, number.get());
                last = Math.max(last, number.get());
            } else if (sighting.device().equals(to)) {
                arrivals.merge(number.get(), 1, Integer::sum);
                gap = Math.max(gap, sighting.time() - before.orElse(sighting.time()));
                before = Optional.of(sighting.time());
            }
        }
        int arrived = arrivals.keySet().stream().max(Integer::compare).orElse(first - 1);
        List<Integer> lost = IntStream.rangeClosed(first, arrived)
                .boxed()
                .filter(number -> !arrivals.containsKey(number))
                .toList();
        int duplicates = arrivals.values().stream().mapToInt(count -> count - 1).sum();
        return new Losses(arrived - first + 1, lost, duplicates, Math.max(0, last - arrived), gap);
    }

    @Override
    public String toString() {
        return "%,d sent, %,d lost, %,d duplicated, longest gap %.1f ms; %,d sent since the last arrival"
                .formatted(sent, lost.size(), duplicates, gap / 1e6, since);
    }
}

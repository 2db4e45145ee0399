package io.plugboard.compiler.simulate;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one table, found by hashing: those that match the same bits of the same fields share a map (tuple space
 * search, as in Open vSwitch's classifier), so that a lookup costs the number of such shapes and not of flows.
 */
final class FlowIndex {
    private final List<Tuple> tuples;

    FlowIndex(Collection<Flow> flows) {
        Map<List<Long>, Tuple> byShape = new LinkedHashMap<>();
        for (Flow flow : flows) {
            byShape.computeIfAbsent(shape(flow.match()), shape -> new Tuple(flow.match()))
                    .add(flow);
        }
        tuples = new ArrayList<>(byShape.values());
        tuples.sort(Comparator.comparingInt(Tuple::highestPriority).reversed());
    }

    private static List<Long> shape(Match match) {
        List<Long> masks = new ArrayList<>();
        for (MatchField field : MatchField.values()) {
            masks.add(match.mask(field));
        }
        return masks;
    }

    /**
     * The matching flow of the highest priority.
     *
     * @throws IllegalStateException when two such flows of one priority do different things: OpenFlow leaves open which
     *     of them the switch takes
     */
    Optional<Flow> lookup(ToLongFunction<MatchField> values) {
        Flow best = null;
        for (Tuple tuple : tuples) {
            if (best != null && best.rule().priority() > tuple.highestPriority()) {
                break;
            }
            Flow found = tuple.lookup(values);
            if (found == null
                    || best != null && best.rule().priority() > found.rule().priority()) {
                continue;
            }
            if (best != null
                    && best.rule().priority() == found.rule().priority()
                    && !best.instructions().equals(found.instructions())) {
                throw new IllegalStateException("ambiguous: both match, at one priority: " + best + " and " + found);
            }
            best = found;
        }
        return Optional.ofNullable(best);
    }

    /** The flows of one shape: of those with the same match only the highest priority is ever taken. */
    private static final class Tuple {
        private final Match shape;
        private final List<MatchField> fields;
        private final Map<Match, Flow> flows = new HashMap<>();
        private int highestPriority;

        Tuple(Match shape) {
            this.shape = shape;
            fields = List.copyOf(shape.fields());
        }

        void add(Flow flow) {
            flows.merge(
                    flow.match(),
                    flow,
                    (one, other) -> one.rule().priority() >= other.rule().priority() ? one : other);
            highestPriority = Math.max(highestPriority, flow.rule().priority());
        }

        int highestPriority() {
            return highestPriority;
        }

        @Nullable
        Flow lookup(ToLongFunction<MatchField> values) {
            Match match = Match.any();
            for (MatchField field : fields) {
                match = match.with(field, values.applyAsLong(field), shape.mask(field));
            }
            return flows.get(match);
        }
    }
}

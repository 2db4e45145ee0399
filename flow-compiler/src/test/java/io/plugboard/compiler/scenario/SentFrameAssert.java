package io.plugboard.compiler.scenario;

import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.simulate.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Who gets a frame. What fails is told with the way that the frame took. */
public final class SentFrameAssert extends AbstractAssert<SentFrameAssert, SentFrame> {
    private SentFrameAssert(SentFrame actual) {
        super(actual, SentFrameAssert.class);
    }

    public static SentFrameAssert assertThat(SentFrame actual) {
        return new SentFrameAssert(actual);
    }

    /**
     * Each of these gets it once, and nobody else does.
     *
     * @param receivers names of ports, in any order, with the tags that the frame has there: {@code a}, {@code up1[100]}
     */
    public SentFrameAssert isDeliveredTo(String... receivers) {
        isNotNull();
        Trace trace = actual.scenario().run(actual);
        List<String> expected = Stream.of(receivers).sorted().toList();
        List<String> seen =
                trace.deliveries().stream().map(this::receiver).sorted().toList();
        if (!seen.equals(expected)) {
            throw failureWithActualExpected(
                    seen, expected, "%s%nwas delivered to %s%ninstead of %s:%n%s", actual, seen, expected, trace);
        }
        trace.deliveries().forEach(this::hasKeptItsPayload);
        return this;
    }

    /** Nobody gets it, and the last flow that it met, before mirrors would see it, is of this rule. */
    public SentFrameAssert isDroppedBy(Rule rule) {
        isDeliveredTo();
        Optional<Flow> last = lastFlow();
        if (!last.map(Flow::rule).equals(Optional.of(rule))) {
            throw failure(
                    "%s%nwas not dropped by %s:%n%s",
                    actual, rule, actual.scenario().run(actual));
        }
        return this;
    }

    /** The last flow that it met before the tables of mirrors, if any. */
    public Optional<Flow> lastFlow() {
        return actual.scenario().run(actual).path().stream()
                .filter(Trace.Lookup.class::isInstance)
                .map(Trace.Lookup.class::cast)
                .filter(lookup -> lookup.table().compareTo(FlowTable.MIRROR) < 0)
                .reduce((first, second) -> second)
                .flatMap(Trace.Lookup::flow);
    }

    private String receiver(Trace.Delivery delivery) {
        return delivery.frame().tags().stream()
                .map(VlanTag::toString)
                .collect(Collectors.joining("][", actual.scenario().portName(delivery.port()) + "[", "]"))
                .replace("[]", "");
    }

    private void hasKeptItsPayload(Trace.Delivery delivery) {
        if (!delivery.frame().withTags(List.of()).equals(actual.frame().withTags(List.of()))) {
            throw failure("%s%nwas changed into %s", actual, delivery);
        }
    }
}

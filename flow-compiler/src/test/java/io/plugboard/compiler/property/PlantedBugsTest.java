package io.plugboard.compiler.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.property.Network.Event;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** What {@link ModelAgreementTest} holds would not hold with any of these bugs, each planted alone. */
class PlantedBugsTest {
    private static final int FRAMES = 400;

    private final Set<PlantedBug> atLarge = EnumSet.allOf(PlantedBug.class);
    private final Map<PlantedBug, String> found = new EnumMap<>(PlantedBug.class);

    @Property(tries = ModelAgreementTest.NETWORKS, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void theModelDisagreesWithEveryBug(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history, @ForAll long seed) {
        Network network = start.after(history).network();
        FlowProgram program = FlowCompiler.compile(network.view());
        List<RandomFrames.Arriving> frames = RandomFrames.of(network, FRAMES, seed);
        for (PlantedBug bug : Set.copyOf(atLarge)) {
            FlowProgram wrong = bug.in(program);
            Optional<String> disagreement =
                    wrong.equals(program) ? Optional.empty() : disagreement(network, wrong, frames);
            disagreement.ifPresent(seen -> {
                atLarge.remove(bug);
                found.put(bug, seen.lines().findFirst().orElse(seen));
            });
        }
    }

    /** A program that goes round in circles, or where two flows leave a choice, disagrees too. */
    private static Optional<String> disagreement(
            Network network, FlowProgram wrong, List<RandomFrames.Arriving> frames) {
        try {
            return new Agreement(network, wrong).disagreement(frames, (frame, outcome) -> {});
        } catch (IllegalStateException unclear) {
            return Optional.of(String.valueOf(unclear.getMessage()));
        }
    }

    @AfterProperty
    void eachIsFound() {
        found.forEach((bug, seen) -> System.out.println(bug + ": " + seen));
        assertThat(atLarge).as("planted, and not found").isEmpty();
        assertThat(found).hasSizeGreaterThanOrEqualTo(10);
    }

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return RandomNetworks.histories(ModelAgreementTest.EVENTS);
    }
}

package io.plugboard.compiler.property;

import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.model.Copy;
import io.plugboard.compiler.model.ModelVswitch;
import io.plugboard.compiler.model.Outcome;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Whether a program does with frames what the model of its network does. */
final class Agreement {
    private static final Comparator<Copy> ORDER =
            Comparator.comparing(Copy::port).thenComparing(copy -> copy.tags().toString());

    private final ModelVswitch model;
    private final Simulator simulator;

    Agreement(Network network, FlowProgram program) {
        model = new ModelVswitch(network.topology(), Scenario.BRIDGE, network.observed(), network.withheld());
        simulator = new Simulator(program);
    }

    /**
     * Says of the first of these frames that fares otherwise how; empty when none does.
     *
     * @param seen is told of each frame before that, and what became of it
     */
    Optional<String> disagreement(List<RandomFrames.Arriving> frames, BiConsumer<RandomFrames.Arriving, Outcome> seen) {
        for (RandomFrames.Arriving arriving : frames) {
            Outcome outcome = model.outcome(arriving.number(), CompiledVswitch.modelled(arriving.frame()));
            Trace trace = simulator.run(arriving.frame(), arriving.number());
            if (!areSame(outcome.copies(), CompiledVswitch.copies(trace.deliveries()))) {
                return Optional.of(arriving + "\nis to be " + outcome + ", but:\n" + trace);
            }
            seen.accept(arriving, outcome);
        }
        return Optional.empty();
    }

    /** In whatever order. */
    private static boolean areSame(List<Copy> some, List<Copy> others) {
        return some.size() == others.size()
                && some.stream()
                        .sorted(ORDER)
                        .toList()
                        .equals(others.stream().sorted(ORDER).toList());
    }
}

package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.property.RandomFrames;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The simulator says what Open vSwitch does: the same copies, in the same order, with the same tags. */
class SimulatorIT {

    @Property(tries = 60)
    void deliversAsOpenVSwitchDoesUnderAnyProgram(
            @ForAll("programs") FlowProgram program, @ForAll("frames") List<RandomFrames.Arriving> frames) {
        Simulator simulator = new Simulator(program);

        agree(
                program,
                frames.stream().filter(frame -> isDefined(simulator, frame)).toList());
    }

    private static void agree(FlowProgram program, List<RandomFrames.Arriving> frames) {
        Simulator simulator = new Simulator(program);
        TracedSwitch ovs = TracedSwitch.ofThisRun();
        ovs.install(program);
        List<String> traces = ovs.traces(frames);
        for (int index = 0; index < frames.size(); index++) {
            RandomFrames.Arriving arriving = frames.get(index);
            Trace trace = simulator.run(arriving.frame(), arriving.number());

            assertThat(trace.deliveries())
                    .as("%s%n%s%n%s", arriving, trace, traces.get(index))
                    .containsExactlyElementsOf(ovs.deliveries(arriving.frame(), traces.get(index)));
        }
    }

    private static boolean isDefined(Simulator simulator, RandomFrames.Arriving arriving) {
        try {
            simulator.run(arriving.frame(), arriving.number());
            return true;
        } catch (IllegalStateException upToTheSwitch) {
            return false;
        }
    }

    @Provide
    Arbitrary<FlowProgram> programs() {
        return RandomPrograms.programs();
    }

    @Provide
    Arbitrary<List<RandomFrames.Arriving>> frames() {
        return RandomPrograms.frames(25);
    }
}

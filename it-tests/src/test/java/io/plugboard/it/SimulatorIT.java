package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.property.Network;
import io.plugboard.compiler.property.RandomFrames;
import io.plugboard.compiler.property.RandomNetworks;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** The simulator says what Open vSwitch does: the same copies, in the same order, with the same tags. */
class SimulatorIT {

    @Property(tries = 40)
    void deliversAsOpenVSwitchDoesUnderCompiledPrograms(
            @ForAll("networks") Network start,
            @ForAll("histories") List<Network.Event> history,
            @ForAll("drafts") List<RandomFrames.Draft> drafts) {
        Network network = start.after(history).network();
        List<RandomFrames.Arriving> frames = drafts.stream()
                .map(draft -> RandomFrames.arriving(network, draft))
                .toList();

        agree(FlowCompiler.compile(network.view()), frames);
    }

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
        TracedSwitch ovs = Store.getOrCreate(
                        TracedSwitch.class, Lifespan.RUN, () -> new TracedSwitch(RandomNetworks.LAST_PORT))
                .get();
        ovs.install(program);
        for (RandomFrames.Arriving arriving : frames) {
            Trace trace = simulator.run(arriving.frame(), arriving.number());
            String traced = ovs.trace(arriving.number(), arriving.frame());

            assertThat(trace.deliveries())
                    .as("%s%n%s%n%s", arriving, trace, traced)
                    .containsExactlyElementsOf(ovs.deliveries(arriving.frame(), traced));
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

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Network.Event>> histories() {
        return RandomNetworks.histories(20);
    }

    @Provide
    Arbitrary<List<RandomFrames.Draft>> drafts() {
        return RandomFrames.drafts(25);
    }
}

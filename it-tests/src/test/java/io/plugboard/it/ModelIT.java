package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.model.ModelVswitch;
import io.plugboard.compiler.property.CompiledVswitch;
import io.plugboard.compiler.property.Network;
import io.plugboard.compiler.property.RandomFrames;
import io.plugboard.compiler.property.RandomNetworks;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Open vSwitch does with frames, under compiled programs, what the simulator says and what the contract says. */
class ModelIT {
    private static final int NETWORKS = 210;
    private static final int FRAMES = 50;

    private int networks;
    private int frames;

    @Property(tries = NETWORKS, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void openVSwitchTheSimulatorAndTheModelDeliverTheSame(
            @ForAll("networks") Network start, @ForAll("histories") List<Network.Event> history, @ForAll long seed) {
        Network network = start.after(history).network();
        FlowProgram program = FlowCompiler.compile(network.view());
        ModelVswitch model =
                new ModelVswitch(network.topology(), Scenario.BRIDGE, network.observed(), network.withheld());
        Simulator simulator = new Simulator(program);
        TracedSwitch ovs = TracedSwitch.ofThisRun();
        ovs.install(program);
        List<RandomFrames.Arriving> arriving = RandomFrames.of(network, FRAMES, seed);
        List<String> traces = ovs.traces(arriving);
        for (int index = 0; index < FRAMES; index++) {
            RandomFrames.Arriving one = arriving.get(index);
            Trace simulated = simulator.run(one.frame(), one.number());
            List<Trace.Delivery> real = ovs.deliveries(one.frame(), traces.get(index));

            assertThat(real)
                    .as("%s%n%s%n%s", one, simulated, traces.get(index))
                    .containsExactlyElementsOf(simulated.deliveries());
            assertThat(CompiledVswitch.copies(real))
                    .as("%s%n%s", one, simulated)
                    .containsExactlyInAnyOrderElementsOf(
                            model.receive(one.number(), CompiledVswitch.modelled(one.frame())));
            frames++;
        }
        networks++;
    }

    @AfterProperty
    void asManyRanAsWereAskedFor() {
        System.out.println("Open vSwitch, simulator and model: " + frames + " frames in " + networks + " networks");
        assertThat(networks).isGreaterThanOrEqualTo(NETWORKS);
        assertThat(frames).isGreaterThanOrEqualTo(NETWORKS * FRAMES);
    }

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Network.Event>> histories() {
        return RandomNetworks.histories(30);
    }
}

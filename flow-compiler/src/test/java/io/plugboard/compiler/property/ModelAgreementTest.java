package io.plugboard.compiler.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.property.Network.Event;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** The compiled program of any network does with a million frames what the contract says. */
class ModelAgreementTest {
    static final int NETWORKS = 1000;
    static final int FRAMES = 1000;
    static final int EVENTS = 40;

    private final Coverage coverage = new Coverage();
    private int begun;
    private int done;

    @Property(tries = NETWORKS, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void everyFrameReachesWhomTheModelSaysAndNobodyElse(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history, @ForAll long seed) {
        begun++;
        Network network = start.after(history).network();
        coverage.count(network);

        assertThat(new Agreement(network, FlowCompiler.compile(network.view()))
                        .disagreement(
                                RandomFrames.of(network, FRAMES, seed),
                                (frame, outcome) -> coverage.count(network, frame, outcome)))
                .isEmpty();
        done++;
    }

    /** Unless some network has not got through: that is told already. */
    @AfterProperty
    void everyCaseHasOccurred() {
        System.out.println(coverage);
        if (done < begun) {
            return;
        }
        assertThat(coverage.frames()).isGreaterThanOrEqualTo(NETWORKS * FRAMES);
        assertThat(Coverage.CASES)
                .allSatisfy((label, least) ->
                        assertThat(coverage.count(label)).as(label).isGreaterThanOrEqualTo(least));
    }

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return RandomNetworks.histories(EVENTS);
    }
}

package io.plugboard.bench;

import io.plugboard.bench.Comparison.Goal;
import io.plugboard.bench.Lab.FreshBridge;
import io.plugboard.it.OpenFlowMessage;
import io.plugboard.it.OpenFlowTap;
import io.plugboard.it.RawController;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One attach after the other on a bridge that has many vNICs. Each round, each side has a fresh bridge with them on it, and
 * attaches the further ones by turns: one here, one there.
 *
 * @param vnics how many there are already
 */
record AttachBenchmark(int vnics) implements Benchmark {
    private static final int ATTACHES_IN_A_ROUND = 100;
    private static final int WARM_UP_ROUNDS = 10;
    private static final String UNIT = "ms";

    @Override
    public String name() {
        return "attach";
    }

    /** Of one round, each in milliseconds. */
    private record Samples(List<Double> fromStored, List<Double> fromCall, List<Double> store, List<Double> raw) {
        Samples() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public List<Comparison> run(Lab lab, int rounds) {
        int ports = vnics + ATTACHES_IN_A_ROUND;
        try (InProcessController controller = new InProcessController(lab.directory("attach-" + vnics), ports)) {
            Lab.Script script = lab.record(controller, vnics);
            List<byte[]> steps = recordSteps(lab, controller);
            List<Samples> samples = new ArrayList<>();
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                Samples ofRound = round(lab, controller, script, steps);
                if (round >= 0) {
                    samples.add(ofRound);
                }
            }
            return List.of(
                    compare("from on disk to barrier, p50", samples, Samples::fromStored, 0.5, Goal.atMost(1.25)),
                    compare("from on disk to barrier, p99", samples, Samples::fromStored, 0.99, Goal.atMost(1.5)),
                    compare("from the call to barrier, p50", samples, Samples::fromCall, 0.5, Goal.atMost(1.25)),
                    compare("from the call to barrier, p99", samples, Samples::fromCall, 0.99, Goal.atMost(1.5)),
                    compare("from the call to on disk, p50", samples, Samples::store, 0.5, Goal.none()));
        }
    }

    private Comparison compare(
            String what, List<Samples> rounds, Function<Samples, List<Double>> part, double share, Goal goal) {
        return new Comparison(
                String.format("attach beside %,d, %s", vnics, what),
                UNIT,
                quantiles(rounds, part, share),
                "raw client",
                quantiles(rounds, Samples::raw, share),
                goal);
    }

    private static List<Double> quantiles(List<Samples> rounds, Function<Samples, List<Double>> part, double share) {
        return rounds.stream()
                .map(round -> Statistics.quantile(part.apply(round), share))
                .toList();
    }

    /** What the controller says for each of the further vNICs. */
    private List<byte[]> recordSteps(Lab lab, InProcessController controller) {
        List<byte[]> steps = new ArrayList<>();
        FreshBridge bridge = lab.freshBridge();
        Network network = bridge.network();
        try (OpenFlowTap tap = new OpenFlowTap(controller.openFlowAddress());
                bridge) {
            bridge.connectTo(tap.port());
            fill(controller, network);
            tap.takeModifications();
            for (int attach = 1; attach <= ATTACHES_IN_A_ROUND; attach++) {
                attach(controller, network, attach);
                List<OpenFlowMessage> said = tap.takeModifications();
                steps.add(RawController.withBarrier(said));
                if (attach == 1) {
                    System.err.printf(
                            "one vNIC beside %,d is %,d messages, %,d octets%n",
                            vnics,
                            said.size(),
                            said.stream().mapToInt(OpenFlowMessage::length).sum());
                }
            }
        }
        controller.change(network.end(vnics + ATTACHES_IN_A_ROUND));
        return steps;
    }

    private void fill(InProcessController controller, Network network) {
        controller.changeUntilActive(network.begin(), network.id(1));
        controller.changeUntilActive(network.attachTo(vnics), network.id(vnics));
    }

    private InProcessController.Took attach(InProcessController controller, Network network, int which) {
        int number = vnics + which;
        return controller.changeUntilActive(List.of(network.attach(number)), network.id(number));
    }

    private Samples round(Lab lab, InProcessController controller, Lab.Script script, List<byte[]> steps) {
        Samples samples = new Samples();
        FreshBridge bridge = lab.freshBridge();
        Network network = bridge.network();
        try (bridge;
                FreshBridge rawBridge = lab.freshBridge();
                RawController raw = RawController.accept(rawBridge::connectTo)) {
            bridge.connectTo(controller.openFlowAddress().getPort());
            fill(controller, network);
            raw.send(RawController.withBarrier(script.begin()));
            raw.send(RawController.withBarrier(script.bulk()));
            Lab.tidyUp();
            for (int attach = 1; attach <= ATTACHES_IN_A_ROUND; attach++) {
                InProcessController.Took took = attach(controller, network, attach);
                samples.fromStored.add(milliseconds(took.fromStoredToConfirmed()));
                samples.fromCall.add(milliseconds(took.confirmed()));
                samples.store.add(milliseconds(took.stored()));
                samples.raw.add(milliseconds(raw.send(steps.get(attach - 1))));
            }
        }
        controller.change(network.end(vnics + ATTACHES_IN_A_ROUND));
        return samples;
    }

    private static double milliseconds(long nanos) {
        return nanos / 1e6;
    }
}

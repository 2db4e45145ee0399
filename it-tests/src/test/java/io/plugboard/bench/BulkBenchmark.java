package io.plugboard.bench;

import io.plugboard.bench.Comparison.Goal;
import io.plugboard.bench.Lab.FreshBridge;
import io.plugboard.it.OpenFlowMessage;
import io.plugboard.it.RawController;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many vNICs in one change on one bridge. Each round, each side has a fresh bridge with one vNIC; what is measured begins
 * there.
 *
 * @param vnics how many there are in the end
 */
record BulkBenchmark(int vnics) implements Benchmark {
    private static final int WARM_UP_ROUNDS = 5;
    private static final String UNIT = "flows/s";

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public List<Comparison> run(Lab lab, int rounds) {
        List<Comparison> comparisons = new ArrayList<>();
        Lab.Script script;
        try (InProcessController controller = new InProcessController(lab.directory("bulk-" + vnics), vnics)) {
            script = lab.record(controller, vnics);
            System.err.printf(
                    "%,d vNICs are %,d flow-mods and %,d group-mods%n", vnics, script.flows(), script.groupMods());
            comparisons.addAll(warm(lab, controller, script, rounds));
        }
        comparisons.add(cold(lab, script, rounds));
        return comparisons;
    }

    private List<Comparison> warm(Lab lab, InProcessController controller, Lab.Script script, int rounds) {
        Path listing = lab.directory("bundle-" + vnics);
        List<Double> fromStored = new ArrayList<>();
        List<Double> fromCall = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        List<Double> bundle = new ArrayList<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            InProcessController.Took took = plugboard(lab, controller, listing);
            double rawRate = script.flows() / seconds(raw(lab, script));
            double bundleRate = bundle(lab, listing);
            if (round >= 0) {
                fromStored.add(script.flows() / seconds(took.fromStoredToConfirmed()));
                fromCall.add(script.flows() / seconds(took.confirmed()));
                raw.add(rawRate);
                bundle.add(bundleRate);
            }
        }
        String what = String.format("bulk of %,d, warm, ", vnics);
        return List.of(
                new Comparison(
                        what + "from on disk to barrier", UNIT, fromStored, "raw client", raw, Goal.atLeast(0.95)),
                new Comparison(
                        what + "from the call to barrier", UNIT, fromCall, "raw client", raw, Goal.atLeast(0.95)),
                new Comparison(
                        what + "from on disk to barrier",
                        UNIT,
                        fromStored,
                        "ovs-ofctl bundle",
                        bundle,
                        Goal.atLeast(2)));
    }

    private InProcessController.Took plugboard(Lab lab, InProcessController controller, Path listing) {
        try (FreshBridge bridge = lab.freshBridge()) {
            Network network = bridge.network();
            bridge.connectTo(controller.openFlowAddress().getPort());
            controller.changeUntilActive(network.begin(), network.id(1));
            Lab.tidyUp();
            InProcessController.Took took = controller.changeUntilActive(network.attachTo(vnics), network.id(vnics));
            if (!Files.exists(listing)) {
                writeListing(lab, bridge, listing);
            }
            controller.change(network.end(vnics));
            return took;
        }
    }

    private static long raw(Lab lab, Lab.Script script) {
        try (FreshBridge bridge = lab.freshBridge();
                RawController raw = RawController.accept(bridge::connectTo)) {
            raw.send(RawController.withBarrier(script.begin()));
            byte[] octets = RawController.withBarrier(script.bulk());
            Lab.tidyUp();
            return raw.send(octets);
        }
    }

    /** The same flows and groups as lines for {@code ovs-ofctl bundle}. */
    private static void writeListing(Lab lab, FreshBridge bridge, Path listing) {
        Stream<String> groups = lab.ovs()
                .ofctl("dump-groups", bridge.name())
                .lines()
                .filter(line -> line.contains("group_id="))
                .map(line -> "group add " + line.strip());
        Stream<String> flows = lab.ovs()
                .ofctl("--no-stats", "dump-flows", bridge.name())
                .lines()
                .map(line -> "flow add " + line.strip());
        try {
            Files.write(listing, Stream.concat(groups, flows).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flows in a second; the start of the process is part of it, as it is for its users. */
    private static double bundle(Lab lab, Path listing) {
        try (FreshBridge bridge = lab.freshBridge();
                Stream<String> lines = Files.lines(listing)) {
            long flows = lines.filter(line -> line.startsWith("flow")).count();
            long start = System.nanoTime();
            lab.ovs().ofctl("bundle", bridge.name(), listing.toString());
            return flows / seconds(System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each round in a JVM of its own, which finds all the vNICs in its store and then the bridge without any flow. */
    private Comparison cold(Lab lab, Lab.Script script, int rounds) {
        List<Double> plugboard = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        List<OpenFlowMessage> everything = new ArrayList<>(script.begin());
        everything.addAll(script.bulk());
        Lab.Script atOnce = new Lab.Script(List.of(), everything);
        for (int round = 0; round < rounds; round++) {
            plugboard.add(atOnce.flows() / seconds(coldStart(lab, round)));
            raw.add(atOnce.flows() / seconds(raw(lab, atOnce)));
        }
        return new Comparison(
                String.format("bulk of %,d, first connect after the JVM's start", vnics),
                UNIT,
                plugboard,
                "raw client",
                raw,
                Goal.atLeast(0.6));
    }

    private long coldStart(Lab lab, int round) {
        Path data = lab.directory("cold-" + vnics + "-" + round);
        try (FreshBridge bridge = lab.freshBridge()) {
            Network network = bridge.network();
            try (InProcessController before = new InProcessController(data, vnics)) {
                before.change(network.begin());
                before.change(network.attachTo(vnics));
            }
            return ColdStart.run(data, vnics, network.id(vnics), bridge::connectTo);
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}

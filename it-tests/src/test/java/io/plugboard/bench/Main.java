package io.plugboard.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code bin/bench} runs. */
@Command(
        name = "bench",
        description = "Measures Plugboard beside the floor, by turns, and prints one Markdown table.",
        mixinStandardHelpOptions = true)
final class Main implements Callable<Integer> {
    private static final List<Benchmark> ALL = List.of(
            new BulkBenchmark(1_000), new BulkBenchmark(10_000), new AttachBenchmark(100), new AttachBenchmark(1_000));

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "NAME", description = "Run this one alone: bulk or attach.")
    private @Nullable String only;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "11",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "${sys:bench.json}",
            description = "Where every round's figures go. Default: ${DEFAULT-VALUE}")
    private Path json;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Benchmark> chosen = ALL.stream()
                .filter(benchmark -> only == null || benchmark.name().equals(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no benchmark '" + only + "'");
        }
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds is 1 or more, not " + rounds);
        }
        List<Comparison> comparisons = new ArrayList<>();
        try (Lab lab = new Lab()) {
            for (Benchmark benchmark : chosen) {
                System.err.println(benchmark + ", " + rounds + " rounds");
                comparisons.addAll(benchmark.run(lab, rounds));
            }
        }
        Report report = new Report(comparisons);
        System.out.print(report.toMarkdown());
        report.writeJson(json);
        return CommandLine.ExitCode.OK;
    }
}

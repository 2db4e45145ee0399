package io.plugboard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All comparisons of a run, for people and for programs. */
record Report(List<Comparison> comparisons) {
    private static final String LINE = "| %s | %s | %s | %s | %s | %s |%n";

    /** One Markdown table; figures are medians over the rounds. */
    String toMarkdown() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(LINE, "what", "goal", "Plugboard", "floor", "ratio", "goal met"));
        table.append(String.format(LINE, "---", "---", "---", "---", "---", "---"));
        for (Comparison comparison : comparisons) {
            table.append(String.format(
                    LINE,
                    comparison.name(),
                    comparison.goal().text(),
                    figure(comparison.plugboard(), comparison.unit()),
                    figure(comparison.floor(), comparison.unit()) + " (" + comparison.floorName() + ")",
                    String.format(Locale.ROOT, "%.2f", comparison.ratio()),
                    comparison.outcome()));
        }
        return table.toString();
    }

    private static String figure(List<Double> rounds, String unit) {
        double median = Statistics.median(rounds);
        return String.format(Locale.ROOT, median < 1000 ? "%.2f %s" : "%,.0f %s", median, unit);
    }

    /** An array with an object for each comparison, every round's figures among it. */
    void writeJson(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode all = mapper.createArrayNode();
        for (Comparison comparison : comparisons) {
            ObjectNode one = all.addObject();
            one.put("name", comparison.name());
            one.put("unit", comparison.unit());
            comparison.plugboard().forEach(one.withArray("plugboard")::add);
            one.put("floorName", comparison.floorName());
            comparison.floor().forEach(one.withArray("floor")::add);
            one.put("ratio", comparison.ratio());
            one.put("goal", comparison.goal().text());
            one.put("outcome", comparison.outcome());
        }
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }
}

package io.plugboard.compiler.docs;

import static java.util.stream.Collectors.joining;

import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Rule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * docs/pipeline.svg: the tables from top to bottom, in each its rules, and the ways between them. Lengths are in pixels.
 */
final class PipelinePicture {
    private static final int WIDTH = 940;
    private static final int LEFT = 84;
    private static final int RIGHT = WIDTH - 24;
    private static final int TOP = 74;
    private static final int HEADER = 58;
    private static final int LINE = 22;
    private static final int PADDING = 8;
    private static final int GAP = 34;
    private static final int LANE = 24;

    private static final String STYLE = """
              text { font: 13px 'Inter', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; fill: #1f2937 }
              .name { font-size: 16px; font-weight: 700; letter-spacing: .04em }
              .number { font-size: 14px; font-weight: 700; fill: #ffffff; text-anchor: middle }
              .asks { font-size: 14px; fill: #4b5563 }
              .fields, .priority { font: 11.5px 'JetBrains Mono', 'DejaVu Sans Mono', Consolas, monospace; fill: #6b7280 }
              .fields, .priority, .miss { text-anchor: end }
              .chip { font-size: 11px; font-weight: 600; text-anchor: middle }
              .table { fill: #ffffff; stroke: #cbd5e1 }
              .band { fill: #eef2f7 }
              .way { fill: none; stroke: #64748b; stroke-width: 1.6 }
            """;

    private final SampleProgram sample;
    private final Map<FlowTable, Integer> tops = new EnumMap<>(FlowTable.class);
    private final StringBuilder svg = new StringBuilder();

    private enum Chip {
        DROP("#fee2e2", "#b91c1c"),
        NEXT("#e0e7ff", "#3730a3"),
        DELIVERY("#d1fae5", "#047857");

        private final String background;
        private final String text;

        Chip(String background, String text) {
            this.background = background;
            this.text = text;
        }
    }

    private PipelinePicture(SampleProgram sample) {
        this.sample = sample;
    }

    static String of(SampleProgram sample) {
        PipelinePicture picture = new PipelinePicture(sample);
        picture.draw();
        return picture.svg.toString();
    }

    private void draw() {
        int bottom = TOP;
        for (FlowTable table : FlowTable.values()) {
            tops.put(table, bottom);
            bottom += height(table) + GAP;
        }
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"The tables of the pipeline\">",
                WIDTH, bottom);
        add("<style>%n%s</style>", STYLE);
        add("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                + " orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#64748b\"/></marker></defs>");
        add("<rect width=\"%d\" height=\"%d\" rx=\"14\" fill=\"#f8fafc\"/>", WIDTH, bottom);
        text("asks", LEFT, 40, "A frame comes in by a port");
        way("M%d %d V%d", LEFT + 26, 50, TOP - 2);
        for (FlowTable table : FlowTable.values()) {
            table(table);
            table.nextTables().forEach(next -> way(table, next));
        }
        add("</svg>");
    }

    private void table(FlowTable table) {
        int top = top(table);
        add(
                "<rect class=\"table\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\"/>",
                LEFT, top, RIGHT - LEFT, height(table));
        add(
                "<path class=\"band\" d=\"M%d %d v%d a10 10 0 0 1 10 -10 h%d a10 10 0 0 1 10 10 v%d z\"/>",
                LEFT + 1, top + HEADER - 8, -HEADER + 19, RIGHT - LEFT - 22, HEADER - 19);
        add("<circle cx=\"%d\" cy=\"%d\" r=\"13\" fill=\"#334155\"/>", LEFT + 26, top + 26);
        text("number", LEFT + 26, top + 31, Integer.toString(table.id()));
        text("name", LEFT + 50, top + 32, table.name());
        text("asks", LEFT + 162, top + 32, table.purpose());
        text(
                "fields",
                RIGHT - 14,
                top + 31,
                table.matchFields().stream().map(MatchField::ofctlName).collect(joining(" ")));
        int line = top + HEADER + 12;
        for (Rule rule : sample.rules(table)) {
            rule(rule, line);
            line += LINE;
        }
    }

    private void rule(Rule rule, int baseline) {
        text("priority", LEFT + 42, baseline, Integer.toString(rule.priority()));
        text("why", LEFT + 54, baseline, rule.why());
        List<SampleProgram.Outcome> outcomes = sample.outcomes(rule);
        int right = RIGHT - 12;
        if (outcomes.isEmpty()) {
            chip(Chip.DROP, right, baseline, "drop");
        }
        for (int index = outcomes.size() - 1; index >= 0; index--) {
            SampleProgram.Outcome outcome = outcomes.get(index);
            right = chip(outcome.isDelivery() ? Chip.DELIVERY : Chip.NEXT, right, baseline, outcome.where()) - 6;
        }
    }

    /** Draws it from the right; returns where it ends on the left. */
    private int chip(Chip chip, int right, int baseline, String label) {
        int width = 20 + 15 * label.length() / 2;
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"9\" fill=\"%s\"/>",
                right - width, baseline - 13, width, chip.background);
        add(
                "<text class=\"chip\" x=\"%d\" y=\"%d\" style=\"fill:%s\">%s</text>",
                right - width / 2, baseline, chip.text, escaped(label));
        return right - width;
    }

    /** Straight down to the next table; along the left side past those between. */
    private void way(FlowTable from, FlowTable to) {
        int start = top(from) + height(from);
        if (to.id() == from.id() + 1) {
            way("M%d %d V%d", LEFT + 26, start, top(to) - 2);
        } else {
            int side = top(from) + height(from) / 2;
            int end = top(to) + 26;
            way(
                    "M%d %d H%d Q%d %d %d %d V%d Q%d %d %d %d H%d",
                    LEFT, side, LANE + 24, LANE, side, LANE, side + 24, end - 24, LANE, end, LANE + 24, end, LEFT - 2);
        }
    }

    private void way(String path, Object... numbers) {
        add("<path class=\"way\" marker-end=\"url(#tip)\" d=\"" + path + "\"/>", numbers);
    }

    private void text(String style, int x, int y, String text) {
        add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", style, x, y, escaped(text));
    }

    private void add(String line, Object... values) {
        svg.append(String.format(line, values)).append('\n');
    }

    private int top(FlowTable table) {
        return Optional.ofNullable(tops.get(table)).orElseThrow();
    }

    private int height(FlowTable table) {
        return HEADER + PADDING + LINE * sample.rules(table).size();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

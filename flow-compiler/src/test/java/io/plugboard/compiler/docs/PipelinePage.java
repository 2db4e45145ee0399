package io.plugboard.compiler.docs;

import static java.util.stream.Collectors.joining;

import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** docs/pipeline.md, in Markdown. */
final class PipelinePage {
    private static final Path SOURCES = Path.of("src/main/java/io/plugboard/compiler/ir");

    private final SampleProgram sample;
    private final StringBuilder page = new StringBuilder();

    private PipelinePage(SampleProgram sample) {
        this.sample = sample;
    }

    static String of(SampleProgram sample) {
        PipelinePage page = new PipelinePage(sample);
        page.write();
        return page.page.toString();
    }

    private void write() {
        page.append("""
                # The pipeline

                <!-- Written by PipelinePageTest from FlowTable and Rule: change those, then
                     mvn -pl flow-compiler -am test -Dregenerate -->

                What `ovs-ofctl -O OpenFlow13 dump-flows` shows on a bridge, and why. A frame enters at the first table and only
                ever goes down. Inside the pipeline a frame of a VLAN carries that VLAN's tag, one of the untagged segment
                none; where it came from and whom it may reach is in its metadata. Nothing is learned, and nothing is sent to
                the controller but what it has just asked for: a guest's answers, and the first frame of one that is about to move here.

                ![The tables, their rules and where a frame goes from each](pipeline.svg)

                ## Tables

                | table | asks | matches | goes on to | a miss |
                | --- | --- | --- | --- | --- |
                """);
        for (FlowTable table : FlowTable.values()) {
            row(
                    table.id() + " " + table,
                    table.purpose(),
                    fields(table.matchFields()),
                    tables(table.nextTables()),
                    table.missGoesTo().map(next -> "goes on to " + next).orElse("is dropped"));
        }
        page.append("""

                ## Rules

                Every flow is of one of these rules. The examples are those of the vNIC on port 2, in VLAN 100, of a bridge
                whose uplink is port 1.
                """);
        for (FlowTable table : FlowTable.values()) {
            rules(table);
        }
        picture("Metadata", "What the pipeline remembers of a frame, for as long as the frame is in it.", "Metadata");
        list("Metadata");
        picture(
                "Cookies",
                "A cookie names the rule (its code is below) and whom the flow serves. Its kind is 1 for the bridge, 2 for an"
                        + " uplink, 3 for a segment, 4 for a vNIC, 5 for a VLAN class,"
                        + " 6 for a shared or multicast address.",
                "Cookie");
        page.append("\n| code | rule |\n| --- | --- |\n");
        for (Rule rule : Rule.values()) {
            row(String.format("0x%02x", rule.code()), rule.name());
        }
        picture(
                "Groups",
                "All groups are of type `all`. A root has a bucket for each link, a link one for each vNIC of 64 slots.",
                "GroupId");
    }

    private void rules(FlowTable table) {
        page.append("\n### ")
                .append(table.id())
                .append(' ')
                .append(table)
                .append("\n\n| priority | rule | why | then | for example |\n| --- | --- | --- | --- | --- |\n");
        for (Rule rule : sample.rules(table)) {
            String then = sample.outcomes(rule).stream()
                    .map(outcome -> outcome.isDelivery() ? "to the " + outcome.where() : "on to " + outcome.where())
                    .collect(joining(", "));
            row(
                    Integer.toString(rule.priority()),
                    rule.name(),
                    rule.why(),
                    then.isEmpty() ? "dropped" : then,
                    "`" + sample.example(rule) + "`");
        }
    }

    /** A drawing that stands in the comment of the class that it is about. */
    private void picture(String title, String text, String className) {
        page.append("\n## ").append(title).append("\n\n").append(text).append("\n\n```\n");
        source(className)
                .lines()
                .dropWhile(line -> !line.contains("<pre>"))
                .skip(1)
                .takeWhile(line -> !line.contains("</pre>"))
                .forEach(line -> page.append(line.replaceFirst("^ \\* ?", "")).append('\n'));
        page.append("```\n");
    }

    /** The list in the comment of the class. */
    private void list(String className) {
        String items = source(className)
                .lines()
                .dropWhile(line -> !line.contains("<ul>"))
                .skip(1)
                .takeWhile(line -> !line.contains("</ul>"))
                .map(line -> line.replaceFirst("^ \\*\\s+", ""))
                .collect(joining(" "));
        page.append(items.replace("<li>", "\n- ").replace(" \n", "\n")).append('\n');
    }

    private static String source(String className) {
        try {
            return Files.readString(SOURCES.resolve(className + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String fields(Collection<MatchField> fields) {
        return fields.stream().map(field -> "`" + field.ofctlName() + "`").collect(joining(" "));
    }

    private static String tables(Collection<FlowTable> tables) {
        return tables.isEmpty()
                ? "nowhere"
                : tables.stream().map(FlowTable::name).collect(joining(", "));
    }
}

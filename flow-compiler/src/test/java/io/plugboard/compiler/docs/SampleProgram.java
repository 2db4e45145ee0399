package io.plugboard.compiler.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.OfctlText;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.SampleBridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small bridge whose program has flows of every rule: where the page takes its examples from. */
final class SampleProgram {
    private static final int UPLINK_PORT = 1;

    private final Map<Rule, List<Flow>> flows = new SampleBridge()
            .scenario().program().flows().values().stream().collect(groupingBy(Flow::rule, TreeMap::new, toList()));

    /** The rules of a table, highest priority first. */
    List<Rule> rules(FlowTable table) {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.table() == table)
                .sorted(Comparator.comparing(Rule::priority).reversed())
                .toList();
    }

    /** As ovs-ofctl spells it. */
    String example(Rule rule) {
        Flow flow = flow(rule);
        String match = flow.match().toString();
        return (match.isEmpty() ? "" : match + " ") + "actions="
                + OfctlText.of(flow.key(), flow.instructions()).replaceFirst(".*actions=", "");
    }

    /** What becomes of a frame, in the order it happens: who gets it, where it goes on; nothing for a drop. */
    List<Outcome> outcomes(Rule rule) {
        Instructions instructions = flow(rule).instructions();
        List<Outcome> outcomes = new ArrayList<>();
        Stream.concat(instructions.apply().stream(), instructions.write().stream())
                .map(SampleProgram::receiver)
                .flatMap(Optional::stream)
                .forEach(outcomes::add);
        instructions.goTo().ifPresent(next -> outcomes.add(new Outcome(next.name(), false)));
        return outcomes;
    }

    /** @param isDelivery whether a copy leaves the switch there; else a table */
    record Outcome(String where, boolean isDelivery) {}

    private static Optional<Outcome> receiver(Action action) {
        if (action instanceof Action.Output output) {
            return Optional.of(new Outcome(output.port() == UPLINK_PORT ? "uplink" : "vNIC", true));
        }
        if (action instanceof Action.ToController) {
            return Optional.of(new Outcome("controller", true));
        }
        return action instanceof Action.ToGroup ? Optional.of(new Outcome("vNICs", true)) : Optional.empty();
    }

    private Flow flow(Rule rule) {
        return Optional.ofNullable(flows.get(rule))
                .map(made -> made.get(0))
                .orElseThrow(() -> new AssertionError("the sample has no flow of " + rule));
    }
}

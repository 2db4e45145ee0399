package io.plugboard.compiler.ir;

import java.util.Objects;

/** One flow of the pipeline, and whom it serves. It keeps to what its table declares, or cannot be made. */
public record Flow(Rule rule, Owner owner, Match match, Instructions instructions) {
    public Flow {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(match);
        Objects.requireNonNull(instructions);
        FlowTable table = rule.table();
        if (!match.isWithin(table.matchFields())) {
            throw new IllegalArgumentException("table " + table + " does not match all of " + match);
        }
        instructions.goTo().filter(next -> !table.nextTables().contains(next)).ifPresent(next -> {
            throw new IllegalArgumentException("no flow of table " + table + " goes to " + next);
        });
    }

    public FlowKey key() {
        return new FlowKey(rule.table().id(), rule.priority(), match);
    }

    public Cookie cookie() {
        return Cookie.of(rule, owner);
    }

    /** As {@code ovs-ofctl dump-flows} prints it, less its counters. */
    @Override
    public String toString() {
        return OfctlText.of(this);
    }
}

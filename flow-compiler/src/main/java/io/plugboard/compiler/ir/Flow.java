package io.plugboard.compiler.ir;

import java.util.Objects;

/** One flow of the pipeline, and whom it serves. */
public record Flow(Rule rule, Owner owner, Match match, Instructions instructions) {
    public Flow {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(match);
        Objects.requireNonNull(instructions);
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

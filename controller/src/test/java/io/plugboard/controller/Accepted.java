package io.plugboard.controller;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import java.util.List;

/** Changes that a test takes for granted: where one is refused, it is the test that is wrong. */
public final class Accepted {
    private Accepted() {}

    public static Topology.Applied by(Topology before, TopologyChange... changes) {
        return by(before, List.of(changes));
    }

    public static Topology.Applied by(Topology before, List<? extends TopologyChange> changes) {
        try {
            return before.apply(changes);
        } catch (ChangeRejected rejected) {
            throw new AssertionError(rejected);
        }
    }
}

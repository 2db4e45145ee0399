package io.plugboard.controller.source;

import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;

/**
 * Changes that belong together: all of them are made, or none.
 *
 * @param order the lowest go first: what is taken away makes room for what comes
 * @param bridge whose problem a refusal is, if it is no claim's
 * @param claim whose state a refusal is
 * @param stale the vNIC whose place is no longer its own, and may be needed by another: plugged out first if need be
 */
record Step(
        Order order,
        List<TopologyChange> changes,
        Optional<DatapathId> bridge,
        Optional<Claim> claim,
        Optional<VnicId> stale) {
    enum Order {
        OUT,
        BRIDGE,
        IN,
        SECOND,
        BRIDGE_GONE
    }

    Step {
        changes = List.copyOf(changes);
    }

    static Step of(Order order, DatapathId bridge, TopologyChange change) {
        return new Step(order, List.of(change), Optional.of(bridge), Optional.empty(), Optional.empty());
    }

    static Step of(Order order, List<TopologyChange> changes, Optional<Claim> claim, Optional<VnicId> stale) {
        return new Step(order, changes, Optional.empty(), claim, stale);
    }
}

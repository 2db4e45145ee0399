package io.plugboard.controller.service;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.topology.Topology;
import java.util.Optional;

/** What a bridge should have beside what it has. Installed is empty while it is not connected. */
public record FlowListing(FlowProgram desired, Optional<Installed> installed) {

    static FlowListing desired(Topology topology, BridgeState state) {
        return new FlowListing(FlowCompiler.compile(state.viewOf(topology)), Optional.empty());
    }

    FlowListing beside(Installed readBack) {
        return new FlowListing(desired, Optional.of(readBack));
    }
}

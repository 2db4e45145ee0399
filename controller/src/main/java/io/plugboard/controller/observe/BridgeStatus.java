package io.plugboard.controller.observe;

import io.plugboard.controller.reconcile.Sync;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a bridge is doing.
 *
 * @param address the switch's {@code host:port} while it is connected
 * @param openFlowVersion such as "1.3" while it is connected
 * @param role this controller's role on it while it is connected
 * @param ports what it was last seen to have, by number
 * @param flowsDesired how many flows it should have
 * @param flowsInstalled how many of them it is known to have
 * @param problems what is wrong, a sentence each
 */
public record BridgeStatus(
        DatapathId dpid,
        State state,
        Optional<String> address,
        Optional<String> openFlowVersion,
        Optional<String> role,
        List<Port> ports,
        int flowsDesired,
        int flowsInstalled,
        Optional<Sync> lastSync,
        List<String> problems) {

    /** With more problems, that others have found. */
    public BridgeStatus with(List<String> more) {
        List<String> all = new ArrayList<>(problems);
        all.addAll(more);
        return more.isEmpty()
                ? this
                : new BridgeStatus(
                        dpid,
                        state,
                        address,
                        openFlowVersion,
                        role,
                        ports,
                        flowsDesired,
                        flowsInstalled,
                        lastSync,
                        List.copyOf(all));
    }

    public enum State {
        DISCONNECTED,
        SYNCING,
        ACTIVE,
        /** It works, but not all of it: the problems say what does not. */
        DEGRADED
    }

    public record Port(Observed.Port port, Use use) {}

    /** What a port is for. */
    public sealed interface Use {
        record Uplink() implements Use {}

        record OfVnic(VnicId id) implements Use {}

        /** It carries nothing. */
        record Unused() implements Use {}
    }
}

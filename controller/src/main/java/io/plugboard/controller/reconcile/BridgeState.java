package io.plugboard.controller.reconcile;

import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one bridge at one moment: an immutable snapshot for readers.
 *
 * @param observed its ports when they were last read or reported
 * @param confirmed the view whose program the switch has confirmed by barrier; none before the first time
 * @param failures vNICs that lack something which the switch refused, with its words
 * @param flowsDesired flows of the program that was sent last
 * @param flowsInstalled flows of the program that was confirmed last
 */
public record BridgeState(
        DatapathId dpid,
        Optional<SwitchConnection> connection,
        Observed observed,
        Optional<BridgeView> confirmed,
        Map<VnicId, String> failures,
        int flowsDesired,
        int flowsInstalled,
        Optional<Sync> lastSync,
        List<String> problems) {

    public static BridgeState unknown(DatapathId dpid) {
        return new BridgeState(
                dpid,
                Optional.empty(),
                Observed.NO_PORTS,
                Optional.empty(),
                Map.of(),
                0,
                0,
                Optional.empty(),
                List.of());
    }

    /** What the bridge's program follows from, by this topology and by what the switch has refused so far. */
    public BridgeView viewOf(Topology topology) {
        return new BridgeView(
                topology,
                dpid,
                observed,
                confirmed.map(BridgeView::withheld).orElse(Set.of()),
                confirmed.map(BridgeView::asked).orElse(Set.of()));
    }
}

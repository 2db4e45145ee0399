package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.MIRROR;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import java.util.List;
import java.util.Optional;

/** What leaves the bridge leaves by the one uplink that its sender is pinned to. */
public final class UplinkTeam {
    private UplinkTeam() {}

    /** The port of this uplink, while the bridge names such an uplink and has such a port. */
    public static Optional<Observed.Port> port(BridgeView view, UplinkPin uplink) {
        return view.bridge()
                .flatMap(bridge -> Optional.ofNullable(bridge.uplinks().get(uplink)))
                .flatMap(name -> view.observed().port(new PortRef.ByName(name)));
    }

    public static List<Flow> ofBridge() {
        return List.of(new Flow(Rule.UPLINK_NONE, new Owner.OfBridge(), Match.any(), Instructions.goTo(MIRROR)));
    }

    public static List<Flow> ofUplink(UplinkPin uplink, Observed.Port port) {
        return List.of(new Flow(
                Rule.UPLINK_OUT,
                new Owner.OfUplink(uplink),
                Match.any().with(MatchField.METADATA, Metadata.sender(uplink), Metadata.PIN_MASK),
                Instructions.goTo(MIRROR).applying(new Action.Output(port.number()))));
    }
}

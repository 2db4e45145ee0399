package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.FLOOD_TRUNK;
import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import io.plugboard.topology.model.MacAddress;
import java.util.EnumSet;
import java.util.List;

/**
 * A broadcast reaches every other vNIC of its segment exactly once: from a vNIC those of every pin and the sender's uplink,
 * from an uplink those pinned to it.
 */
public final class Broadcast {
    private Broadcast() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        return List.of(
                new Flow(Rule.FLOOD_MISS, owner, Match.any(), Instructions.goTo(FLOOD_TRUNK)),
                new Flow(Rule.FLOOD_TRUNK_MISS, owner, Match.any(), Instructions.goTo(UPLINK)));
    }

    public static List<Flow> ofScope(BridgeView view, Scope scope) {
        boolean isClass = scope instanceof Scope.OfClass;
        SetFlows flows = new SetFlows(view, scope, isClass ? UPLINK : FLOOD_TRUNK);
        flows.withinReach(
                isClass ? Rule.FLOOD_TRUNK_BROADCAST : Rule.FLOOD_BROADCAST,
                match -> match.ethDst(MacAddress.BROADCAST),
                EnumSet.of(Kind.ALL_MULTICAST, Kind.FILTERED));
        return flows.flows();
    }
}

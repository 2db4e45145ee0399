package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.MIRROR_TRUNK;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import io.plugboard.topology.model.UplinkPin;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A promiscuous vNIC sees every frame that is admitted in its segments, and each once: it gets nothing in any other way. From
 * a vNIC, and unicast that an uplink brings to a vNIC pinned to it, is seen by all; what else an uplink brings by those
 * pinned to it.
 */
public final class PromiscuousMirror {
    private static final Set<Kind> MIRRORING = EnumSet.of(Kind.MIRRORING);
    private static final Set<Kind> CONTROL_MIRRORING = EnumSet.of(Kind.CONTROL_MIRRORING);

    private PromiscuousMirror() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        Match linkLocal = linkLocal(Match.any());
        return List.of(
                new Flow(Rule.MIRROR_LINK_LOCAL, owner, linkLocal, Instructions.goTo(MIRROR_TRUNK)),
                new Flow(Rule.MIRROR_MISS, owner, Match.any(), Instructions.goTo(MIRROR_TRUNK)),
                new Flow(Rule.MIRROR_TRUNK_LINK_LOCAL, owner, linkLocal, Instructions.DROP),
                new Flow(Rule.MIRROR_TRUNK_MISS, owner, Match.any(), Instructions.DROP));
    }

    public static List<Flow> ofScope(BridgeView view, Scope scope) {
        boolean isClass = scope instanceof Scope.OfClass;
        SetFlows flows =
                new SetFlows(view, scope, scope, isClass ? Instructions.DROP : Instructions.goTo(MIRROR_TRUNK));
        copies(flows, isClass ? Rule.MIRROR_TRUNK_COPY : Rule.MIRROR_COPY, scope, match -> match, MIRRORING);
        copies(
                flows,
                isClass ? Rule.MIRROR_TRUNK_CONTROL : Rule.MIRROR_CONTROL,
                scope,
                PromiscuousMirror::linkLocal,
                CONTROL_MIRRORING);
        return flows.flows();
    }

    private static void copies(SetFlows flows, Rule rule, Scope scope, UnaryOperator<Match> to, Set<Kind> kinds) {
        flows.toAll(rule, to.apply(ScopeMatch.of(scope, Metadata.REACH_MASK, Metadata.REACH_MASK)), kinds);
        for (UplinkPin pin : flows.pins(kinds)) {
            flows.toPin(rule, to.apply(ScopeMatch.of(scope, Metadata.reach(pin), Metadata.REACH_MASK)), kinds, pin);
        }
    }

    private static Match linkLocal(Match match) {
        return match.with(MatchField.ETH_DST, SourceGuard.LINK_LOCAL, SourceGuard.LINK_LOCAL_MASK);
    }
}

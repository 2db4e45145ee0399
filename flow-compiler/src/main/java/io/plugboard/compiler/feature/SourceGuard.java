package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.FORWARD;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import io.plugboard.topology.Scope.SharedAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A vNIC sends as itself, or from what it is allowed: any other source meets the drop flow of that vNIC, whose counter is its spoofed
 * drops. What an uplink brings must not come from a vNIC of this bridge (the reflection guard), nor from a group address.
 * Link-local control frames (IEEE 802.1Q, table 8-1) pass where the port group allows them, and are no forgery elsewhere.
 */
public final class SourceGuard {
    static final long LINK_LOCAL = 0x0180_c200_0000L;
    static final long LINK_LOCAL_MASK = 0xffff_ffff_fff0L;

    private SourceGuard() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        return List.of(
                new Flow(
                        Rule.GUARD_LINK_LOCAL,
                        owner,
                        Match.any().with(MatchField.ETH_DST, LINK_LOCAL, LINK_LOCAL_MASK),
                        Instructions.DROP),
                new Flow(
                        Rule.GUARD_GROUP_SOURCE,
                        owner,
                        fromUplink().with(MatchField.ETH_SRC, Multicast.GROUP_BIT, Multicast.GROUP_BIT),
                        Instructions.DROP),
                new Flow(Rule.GUARD_UPLINK, owner, fromUplink(), Instructions.goTo(FORWARD)),
                new Flow(Rule.GUARD_MISS, owner, Match.any(), Instructions.DROP));
    }

    public static List<Flow> ofVnic(Plug.Plugged plugged) {
        EffectiveVnic vnic = plugged.vnic();
        Owner owner = new Owner.OfVnic(vnic.slot());
        Match fromVnic = Match.any().inPort(plugged.port().number());
        List<Flow> flows = new ArrayList<>();
        // Also of a blocked vNIC, none of whose frames get here: its counter goes on when it is released.
        flows.add(new Flow(Rule.GUARD_FORGED, owner, fromVnic, Instructions.DROP));
        if (vnic.isBlocked()) {
            return flows;
        }
        for (Match admitted : admitted(vnic, fromVnic)) {
            flows.add(admission(vnic, owner, admitted));
            if (vnic.linkLocalControl()) {
                Match control = admitted.with(MatchField.ETH_DST, LINK_LOCAL, LINK_LOCAL_MASK);
                flows.add(new Flow(Rule.GUARD_LINK_LOCAL_ALLOWED, owner, control, Instructions.goTo(FORWARD)));
            }
        }
        if (vnic.isHere()) {
            for (Scope scope : plugged.scopes()) {
                flows.add(new Flow(
                        Rule.GUARD_REFLECTION, owner, fromUplink(scope).ethSrc(vnic.initialMac()), Instructions.DROP));
            }
        }
        return flows;
    }

    private static Flow admission(EffectiveVnic vnic, Owner owner, Match admitted) {
        Instructions on = Instructions.goTo(FORWARD);
        if (vnic.standing() == Standing.AWAITED) {
            return new Flow(Rule.GUARD_FIRST_FRAME, owner, admitted, on.applying(new Action.ToController()));
        }
        Rule rule = vnic.mayForge() ? Rule.GUARD_FORGING_ALLOWED : Rule.GUARD_VNIC_SOURCE;
        return new Flow(rule, owner, admitted, on);
    }

    private static List<Match> admitted(EffectiveVnic vnic, Match fromVnic) {
        return vnic.mayForge()
                ? List.of(fromVnic.with(MatchField.ETH_SRC, 0, Multicast.GROUP_BIT))
                : vnic.sources().stream().map(fromVnic::ethSrc).toList();
    }

    /** Lets link-local control frames of an uplink pass where some vNIC may get them all. */
    public static List<Flow> ofScope(BridgeView view, Scope scope) {
        boolean isAllowed = view.switchboard().sets(scope).stream()
                .anyMatch(set -> set.kind() == Kind.CONTROL || set.kind() == Kind.CONTROL_MIRRORING);
        return isAllowed ? List.of(control(scope, scope, LINK_LOCAL, LINK_LOCAL_MASK)) : List.of();
    }

    /** Lets the link-local control frames of an uplink pass that some vNIC listens to. */
    static List<Flow> ofAddress(Scope.OfAddress numbered, SharedAddress address) {
        return address.mac().isLinkLocalControl()
                ? List.of(control(numbered, address.within(), address.mac().bits(), MatchField.ETH_DST.allBits()))
                : List.of();
    }

    private static Flow control(Scope owner, Scope within, long to, long mask) {
        return new Flow(
                Rule.GUARD_LINK_LOCAL_ALLOWED,
                Owner.of(owner),
                fromUplink(within).with(MatchField.ETH_DST, to, mask),
                Instructions.goTo(FORWARD));
    }

    private static Match fromUplink(Scope scope) {
        return ScopeMatch.of(scope, Metadata.FROM_UPLINK, Metadata.FROM_UPLINK);
    }

    private static Match fromUplink() {
        return Match.any().with(MatchField.METADATA, Metadata.FROM_UPLINK, Metadata.FROM_UPLINK);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.MIRROR;
import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame to a vNIC's initial MAC goes to that vNIC, from an uplink only if the vNIC is pinned to it, and to every mirror of the segment:
 * a physical switch floods a frame to all uplinks, and only one of the copies is admitted. After a planned move to another uplink the
 * former one counts too, until the physical switches have been told. A frame to an unknown MAC goes to
 * the sender's uplink and never to a guest.
 */
public final class UnicastForwarding {
    private UnicastForwarding() {}

    public static List<Flow> ofBridge() {
        return List.of(new Flow(Rule.FORWARD_UNKNOWN, new Owner.OfBridge(), Match.any(), Instructions.goTo(UPLINK)));
    }

    public static List<Flow> ofVnic(Plug.Plugged plugged) {
        EffectiveVnic vnic = plugged.vnic();
        if (!vnic.isHere()) {
            return List.of();
        }
        Owner owner = new Owner.OfVnic(vnic.slot());
        long reach = Metadata.reach(vnic.pin());
        List<Flow> flows = new ArrayList<>();
        for (Scope scope : plugged.scopes()) {
            Match toVnic = ScopeMatch.of(scope).ethDst(vnic.initialMac());
            if (vnic.usesInitialMac()) {
                flows.add(new Flow(
                        Rule.FORWARD_VNIC,
                        owner,
                        ScopeMatch.of(scope, reach, reach).ethDst(vnic.initialMac()),
                        delivered(plugged)));
                vnic.attachment()
                        .former()
                        .map(Metadata::reach)
                        .ifPresent(former -> flows.add(new Flow(
                                Rule.FORWARD_FORMER_UPLINK,
                                owner,
                                ScopeMatch.of(scope, former, former).ethDst(vnic.initialMac()),
                                delivered(plugged))));
                flows.add(new Flow(Rule.FORWARD_OUT_OF_REACH, owner, toVnic, Instructions.DROP));
            } else {
                flows.add(new Flow(Rule.FORWARD_CLOSED, owner, toVnic, Instructions.DROP));
            }
        }
        return flows;
    }

    /** A mirror gets its own frames as it gets everybody's. The others are delivered last: mirrors still match the tag. */
    private static Instructions delivered(Plug.Plugged plugged) {
        Instructions shown = plugged.vnic().mirroring()
                ? Instructions.goTo(MIRROR)
                : Instructions.write(Delivery.to(plugged)).andGoTo(MIRROR);
        return shown.writing(Metadata.REACH_MASK, Metadata.REACH_MASK);
    }
}

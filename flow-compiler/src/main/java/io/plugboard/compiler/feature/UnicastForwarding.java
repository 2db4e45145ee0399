package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.Plug;
import java.util.List;

/**
 * A frame to a vNIC's MAC goes to that vNIC, from an uplink only if the vNIC is pinned to it; one to an unknown MAC goes to
 * the sender's uplink and never to a guest.
 */
public final class UnicastForwarding {
    private UnicastForwarding() {}

    public static List<Flow> ofBridge() {
        return List.of(new Flow(Rule.FORWARD_UNKNOWN, new Owner.OfBridge(), Match.any(), Instructions.goTo(UPLINK)));
    }

    public static List<Flow> ofVnic(Plug.Plugged vnic) {
        Owner owner = new Owner.OfVnic(vnic.slot());
        Match toVnic = Match.any().vlan(vnic.segment()).ethDst(vnic.mac());
        long reach = Metadata.reach(vnic.pin());
        return List.of(
                new Flow(
                        Rule.FORWARD_VNIC,
                        owner,
                        toVnic.with(MatchField.METADATA, reach, reach),
                        Instructions.write(Delivery.to(vnic))),
                new Flow(Rule.FORWARD_OUT_OF_REACH, owner, toVnic, Instructions.DROP));
    }
}

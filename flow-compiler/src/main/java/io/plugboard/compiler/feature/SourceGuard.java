package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.FORWARD;

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
 * A vNIC sends as itself and as nobody else: any other source meets the drop flow of that vNIC, whose counter is its spoofed
 * drops. What an uplink brings must not come from a vNIC of this bridge (the reflection guard), nor from a group address.
 * Link-local control frames (IEEE 802.1Q, table 8-1) pass in neither direction, and are no forgery.
 */
public final class SourceGuard {
    private static final long LINK_LOCAL = 0x0180_c200_0000L;
    private static final long LINK_LOCAL_MASK = 0xffff_ffff_fff0L;

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

    public static List<Flow> ofVnic(Plug.Plugged vnic) {
        Owner owner = new Owner.OfVnic(vnic.slot());
        Match fromVnic = Match.any().inPort(vnic.port().number());
        return List.of(
                new Flow(Rule.GUARD_VNIC_SOURCE, owner, fromVnic.ethSrc(vnic.mac()), Instructions.goTo(FORWARD)),
                new Flow(Rule.GUARD_FORGED, owner, fromVnic, Instructions.DROP),
                new Flow(
                        Rule.GUARD_REFLECTION,
                        owner,
                        fromUplink().vlan(vnic.segment()).ethSrc(vnic.mac()),
                        Instructions.DROP));
    }

    private static Match fromUplink() {
        return Match.any().with(MatchField.METADATA, Metadata.FROM_UPLINK, Metadata.FROM_UPLINK);
    }
}

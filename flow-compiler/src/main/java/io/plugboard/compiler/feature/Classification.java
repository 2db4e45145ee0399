package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.GUARD;
import static io.plugboard.compiler.ir.FlowTable.SEGMENT;

import io.plugboard.compiler.frame.EtherType;
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
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each frame belongs to the segment of the port that it came in by, or of the tag that it carries where that port is an
 * uplink; a port that is neither a vNIC's nor an uplink carries nothing. A tag of the guest's own never chooses a VLAN.
 */
public final class Classification {
    private Classification() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        return List.of(
                new Flow(Rule.PORT_UNUSED, owner, Match.any(), Instructions.DROP),
                new Flow(Rule.PORT_PRIORITY_TAG, owner, Match.any().priorityTagged(), Instructions.DROP),
                new Flow(Rule.PORT_RESERVED_TAG, owner, Match.any().reservedTagged(), Instructions.DROP),
                new Flow(Rule.SEGMENT_DOUBLE_TAG, owner, Match.any().ethType(EtherType.VLAN), Instructions.DROP),
                new Flow(
                        Rule.SEGMENT_DOUBLE_TAG, owner, Match.any().ethType(EtherType.SERVICE_VLAN), Instructions.DROP),
                new Flow(
                        Rule.SEGMENT_TAG_BEHIND_PRIORITY,
                        owner,
                        Match.any()
                                .with(MatchField.METADATA, Metadata.POPPED, Metadata.POPPED)
                                .tagged(),
                        Instructions.DROP),
                new Flow(Rule.SEGMENT_ON, owner, Match.any(), Instructions.goTo(GUARD)));
    }

    public static List<Flow> ofUplink(UplinkPin uplink, Observed.Port port) {
        Owner owner = new Owner.OfUplink(uplink);
        Match fromPort = Match.any().inPort(port.number());
        long origin = Metadata.FROM_UPLINK | Metadata.reach(uplink);
        Instructions untagged = Instructions.goTo(SEGMENT).writing(origin | Metadata.POPPED, Metadata.USED_BITS);
        Instructions tagged = Instructions.goTo(SEGMENT).writing(origin, Metadata.USED_BITS);
        return List.of(
                new Flow(Rule.PORT_UPLINK_UNTAGGED, owner, fromPort.untagged(), untagged),
                new Flow(
                        Rule.PORT_UPLINK_PRIORITY_TAG,
                        owner,
                        fromPort.priorityTagged(),
                        untagged.applying(new Action.PopVlan())),
                new Flow(Rule.PORT_UPLINK_TAGGED, owner, fromPort.tagged(), tagged));
    }

    /** Writes a VLAN class into the metadata, as far as tables by class need it. */
    public static List<Flow> ofClass(BridgeView view, VlanId first) {
        Optional<VlanSet> vlans = view.switchboard().classes().startingAt(first);
        if (vlans.isEmpty()) {
            return List.of();
        }
        List<Match> matches = new ArrayList<>(VlanTagMatch.of(vlans.get(), Match.any()));
        if (vlans.get().contains(VlanId.UNTAGGED)) {
            matches.add(Match.any().untagged());
        }
        Instructions on = Instructions.goTo(GUARD).writing(Metadata.vlanClass(first), Metadata.CLASS_MASK);
        return matches.stream()
                .map(match -> new Flow(Rule.SEGMENT_CLASS, new Owner.OfClass(first), match, on))
                .toList();
    }

    public static List<Flow> ofVnic(Plug.Plugged plugged) {
        EffectiveVnic vnic = plugged.vnic();
        Owner owner = new Owner.OfVnic(vnic.slot());
        Match fromPort = Match.any().inPort(plugged.port().number());
        if (vnic.isBlocked()) {
            return List.of(new Flow(Rule.PORT_BLOCKED, owner, fromPort, Instructions.DROP));
        } else if (vnic.standing() == Standing.PREPARED) {
            return List.of(new Flow(Rule.PORT_PREPARED, owner, fromPort, Instructions.DROP));
        }
        long origin =
                Metadata.REACH_MASK | Metadata.sender(vnic.pin()) | (vnic.isMulticastRouter() ? Metadata.ROUTER : 0);
        Instructions tagged = Instructions.goTo(SEGMENT).writing(origin, Metadata.USED_BITS);
        Instructions untagged = Instructions.goTo(SEGMENT).writing(origin | Metadata.POPPED, Metadata.USED_BITS);
        List<Flow> flows = new ArrayList<>();
        if (vnic.vlan() instanceof VlanMode.Access access) {
            Action push = new Action.PushVlan();
            Action setVlan = new Action.SetVlan(access.id());
            flows.add(new Flow(Rule.PORT_VNIC_UNTAGGED, owner, fromPort.untagged(), tagged.applying(push, setVlan)));
            // To set the id of the tag that is there would keep the guest's TPID, which may be a service tag's.
            flows.add(new Flow(
                    Rule.PORT_VNIC_PRIORITY_TAG,
                    owner,
                    fromPort.priorityTagged(),
                    tagged.applying(new Action.PopVlan(), push, setVlan)));
            return flows;
        }
        if (vnic.vlans().contains(VlanId.UNTAGGED)) {
            flows.add(new Flow(Rule.PORT_VNIC_UNTAGGED, owner, fromPort.untagged(), untagged));
            flows.add(new Flow(
                    Rule.PORT_VNIC_PRIORITY_TAG,
                    owner,
                    fromPort.priorityTagged(),
                    untagged.applying(new Action.PopVlan())));
        }
        if (vnic.vlan() instanceof VlanMode.Trunk trunk) {
            VlanTagMatch.of(trunk.vlans(), fromPort)
                    .forEach(match -> flows.add(new Flow(Rule.PORT_VNIC_TRUNK, owner, match, tagged)));
        }
        return flows;
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.FloodSet;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A flooded frame reaches every other vNIC of its segment exactly once: from a vNIC those of every pin and the sender's
 * uplink, from an uplink those pinned to it. Each (segment, pin) has a root group over links of 64 slots, so that one more
 * vNIC changes one link.
 */
public final class Broadcast {
    private Broadcast() {}

    public static List<Flow> ofBridge() {
        return List.of(new Flow(Rule.FLOOD_MISS, new Owner.OfBridge(), Match.any(), Instructions.goTo(UPLINK)));
    }

    public static List<Flow> ofSegment(BridgeView view, VlanId segment) {
        Collection<FloodSet> sets = view.switchboard().floodSets(segment);
        if (sets.isEmpty()) {
            return List.of();
        }
        Owner owner = new Owner.OfSegment(segment);
        Match inSegment = Match.any().vlan(segment);
        List<Flow> flows = new ArrayList<>();
        flows.add(new Flow(
                Rule.FLOOD_FROM_VNIC,
                owner,
                inSegment.with(MatchField.METADATA, 0, Metadata.FROM_UPLINK),
                Instructions.goTo(UPLINK)
                        .applying(sets.stream().map(Broadcast::toRoot).toArray(Action[]::new))));
        for (FloodSet set : sets) {
            if (set.pin().isPinned()) {
                long fromUplink = Metadata.FROM_UPLINK | Metadata.reach(set.pin());
                flows.add(new Flow(
                        Rule.FLOOD_FROM_UPLINK,
                        owner,
                        inSegment.with(MatchField.METADATA, fromUplink, Metadata.FROM_UPLINK | Metadata.REACH_MASK),
                        Instructions.apply(toRoot(set))));
            }
        }
        return flows;
    }

    /** The group over the links of this set; none while it has no members. */
    public static Optional<Group> root(BridgeView view, FloodSet set) {
        List<List<Action>> buckets = new ArrayList<>();
        for (int link : view.switchboard().linksOf(set)) {
            buckets.add(List.of(new Action.ToGroup(GroupId.link(set, link))));
        }
        return buckets.isEmpty() ? Optional.empty() : Optional.of(new Group(GroupId.root(set), buckets));
    }

    /** The group of this set's vNICs in this link: those that have their port. None while the set has no member there. */
    public static Optional<Group> link(BridgeView view, FloodSet set, int link) {
        if (!view.switchboard().linksOf(set).contains(link)) {
            return Optional.empty();
        }
        List<List<Action>> buckets = new ArrayList<>();
        for (int slot : view.switchboard().slotsOfLink(link).keySet()) {
            view.vnicAt(slot)
                    .filter(vnic ->
                            vnic.pin().equals(set.pin()) && vnic.segment().equals(set.segment()))
                    .ifPresent(vnic -> buckets.add(List.of(Delivery.to(vnic))));
        }
        return Optional.of(new Group(GroupId.link(set, link), buckets));
    }

    private static Action toRoot(FloodSet set) {
        return new Action.ToGroup(GroupId.root(set));
    }
}

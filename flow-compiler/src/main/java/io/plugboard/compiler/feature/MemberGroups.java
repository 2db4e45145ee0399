package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The groups that hand a copy to each vNIC of a member set. Each set has a root group over links of 64 slots, so that one
 * more vNIC changes one link.
 */
public final class MemberGroups {
    private MemberGroups() {}

    /** The group over the links of this set; none while it has no members. */
    public static Optional<Group> root(BridgeView view, MemberSet set) {
        List<List<Action>> buckets = new ArrayList<>();
        for (int link : view.switchboard().linksOf(set)) {
            buckets.add(List.of(new Action.ToGroup(GroupId.link(set, link))));
        }
        return buckets.isEmpty() ? Optional.empty() : Optional.of(new Group(GroupId.root(set), buckets));
    }

    /** The group of this set's vNICs in this link: those that have their port. None while the set has no member there. */
    public static Optional<Group> link(BridgeView view, MemberSet set, int link) {
        if (!view.switchboard().linksOf(set).contains(link)) {
            return Optional.empty();
        }
        List<List<Action>> buckets = new ArrayList<>();
        view.switchboard().slotsOfLink(link).forEach((slot, vnic) -> {
            if (view.switchboard().isMember(vnic, set)) {
                view.vnicAt(slot).ifPresent(plugged -> buckets.add(List.of(Delivery.to(plugged))));
            }
        });
        return Optional.of(new Group(GroupId.link(set, link), buckets));
    }
}

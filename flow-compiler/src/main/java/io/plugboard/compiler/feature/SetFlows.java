package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.MemberSet;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import io.plugboard.topology.model.UplinkPin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The flows that send copies to the member sets of one scope, and the frame itself on to the next table. From a vNIC the
 * members of every pin get one, from an uplink those that are pinned to it.
 */
final class SetFlows {
    private final Collection<MemberSet> sets;
    private final Owner owner;
    private final Scope within;
    private final Instructions on;
    private final List<Flow> flows = new ArrayList<>();

    /** @param scope a VLAN or a class */
    SetFlows(BridgeView view, Scope scope, FlowTable next) {
        this(view, scope, scope, Instructions.goTo(next));
    }

    /**
     * @param scope whose sets they are
     * @param within a VLAN or a class
     * @param on what becomes of the frame itself
     */
    SetFlows(BridgeView view, Scope scope, Scope within, Instructions on) {
        sets = view.switchboard().sets(scope);
        owner = Owner.of(scope);
        this.within = within;
        this.on = on;
    }

    List<Flow> flows() {
        return List.copyOf(flows);
    }

    /** One flow from vNICs and one from each uplink that has members of these kinds; none while there are no members. */
    void withinReach(Rule rule, UnaryOperator<Match> to, Set<Kind> kinds) {
        withinReach(rule, rule, to, kinds);
    }

    void withinReach(Rule fromVnic, Rule fromUplink, UnaryOperator<Match> to, Set<Kind> kinds) {
        toAll(fromVnic, to.apply(ScopeMatch.of(within, 0, Metadata.FROM_UPLINK)), kinds);
        for (UplinkPin pin : pins(kinds)) {
            long reach = Metadata.FROM_UPLINK | Metadata.reach(pin);
            toPin(
                    fromUplink,
                    to.apply(ScopeMatch.of(within, reach, Metadata.FROM_UPLINK | Metadata.REACH_MASK)),
                    kinds,
                    pin);
        }
    }

    /** The uplinks that have members of these kinds. */
    Set<UplinkPin> pins(Set<Kind> kinds) {
        Set<UplinkPin> pins = new TreeSet<>();
        sets.stream()
                .filter(set -> kinds.contains(set.kind()) && set.pin().isPinned())
                .forEach(set -> pins.add(set.pin()));
        return pins;
    }

    /** To the members of every pin. */
    void toAll(Rule rule, Match match, Set<Kind> kinds) {
        add(rule, match, set -> kinds.contains(set.kind()));
    }

    void toPin(Rule rule, Match match, Set<Kind> kinds, UplinkPin pin) {
        add(rule, match, set -> kinds.contains(set.kind()) && set.pin().equals(pin));
    }

    private void add(Rule rule, Match match, Predicate<MemberSet> which) {
        Action[] copies = sets.stream()
                .filter(which)
                .map(set -> new Action.ToGroup(GroupId.root(set)))
                .toArray(Action[]::new);
        if (copies.length > 0) {
            flows.add(new Flow(rule, owner, match, on.applying(copies)));
        }
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.ADDRESS;
import static io.plugboard.compiler.ir.FlowTable.ADDRESS_TRUNK;
import static io.plugboard.compiler.ir.FlowTable.FLOOD;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import io.plugboard.topology.Scope.SharedAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * A frame to an address that several vNICs may have reaches every one of them within reach: the holders of a shared unicast
 * MAC, which may live elsewhere too, so that the frame goes to the uplink as well, and those whose receive filter names a
 * multicast MAC.
 */
public final class SharedAddresses {
    private static final EnumSet<Kind> HOLDERS = EnumSet.of(Kind.HOLDER);

    private SharedAddresses() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        return List.of(
                new Flow(Rule.ADDRESS_MISS, owner, Match.any(), Instructions.goTo(ADDRESS_TRUNK)),
                new Flow(Rule.ADDRESS_TRUNK_MISS, owner, Match.any(), Instructions.goTo(FLOOD)));
    }

    public static List<Flow> ofAddress(BridgeView view, int number) {
        Optional<SharedAddress> address = view.switchboard().address(number);
        return address.map(shared -> flows(view, new Scope.OfAddress(number), shared))
                .orElse(List.of());
    }

    private static List<Flow> flows(BridgeView view, Scope.OfAddress numbered, SharedAddress address) {
        boolean isClass = address.within() instanceof Scope.OfClass;
        SetFlows copies =
                new SetFlows(view, numbered, address.within(), Instructions.goTo(isClass ? FLOOD : ADDRESS_TRUNK));
        copies.withinReach(
                isClass ? Rule.ADDRESS_TRUNK_FROM_VNIC : Rule.ADDRESS_FROM_VNIC,
                isClass ? Rule.ADDRESS_TRUNK_FROM_UPLINK : Rule.ADDRESS_FROM_UPLINK,
                match -> match.ethDst(address.mac()),
                HOLDERS);
        List<Flow> flows = new ArrayList<>(copies.flows());
        if (!address.mac().isGroup()) {
            flows.add(new Flow(
                    Rule.FORWARD_SHARED,
                    Owner.of(numbered),
                    ScopeMatch.of(address.within()).ethDst(address.mac()),
                    Instructions.goTo(ADDRESS)));
        }
        flows.addAll(SourceGuard.ofAddress(numbered, address));
        return flows;
    }
}

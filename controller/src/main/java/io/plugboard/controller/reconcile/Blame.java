package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom it concerns what a switch has refused.
 *
 * @param vnics those of which a flow of their own was refused, with the first words about it
 * @param shared the words about what no single vNIC owns
 * @param missing how many flows the switch has not installed
 */
record Blame(Map<VnicId, String> vnics, List<String> shared, int missing) {
    /** @param view what the refused commands were made of */
    static Blame of(BridgeView view, List<Refusal> refusals) {
        Map<VnicId, String> vnics = new LinkedHashMap<>();
        List<String> shared = new ArrayList<>();
        int missing = 0;
        for (Refusal refusal : refusals) {
            Optional<VnicId> owner = owner(view, refusal.command());
            if (owner.isPresent()) {
                vnics.putIfAbsent(owner.get(), refusal.words());
            } else {
                shared.add(refusal.words());
            }
            missing += refusal.command().installs().isPresent() ? 1 : 0;
        }
        return new Blame(vnics, shared, missing);
    }

    private static Optional<VnicId> owner(BridgeView view, SwitchCommand command) {
        return command.installs()
                .map(Flow::owner)
                .filter(Owner.OfVnic.class::isInstance)
                .flatMap(owner -> view.switchboard().atSlot(((Owner.OfVnic) owner).slot()))
                .map(EffectiveVnic::id);
    }
}

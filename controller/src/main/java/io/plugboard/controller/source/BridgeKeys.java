package io.plugboard.controller.source;

import io.plugboard.controller.source.ExternalIds.Problems;
import io.plugboard.controller.source.ExternalIds.Unreadable;
import io.plugboard.topology.model.SecurityPolicy;
import java.util.Optional;

/**
 * What the {@code external_ids} of a bridge say.
 *
 * @param managed whether it is marked as ours to program, as all are where all are adopted; empty when the mark cannot be read
 * @param security where neither a vNIC nor its port group says otherwise
 * @param notifySwitches where the port group does not say
 */
record BridgeKeys(Optional<Boolean> managed, SecurityPolicy security, Optional<Boolean> notifySwitches) {

    static BridgeKeys read(ExternalIds keys, Adoption adoption, Problems problems) {
        PolicyReader policy = new PolicyReader(keys, problems);
        Optional<Boolean> managed = adoption == Adoption.ALL ? Optional.of(true) : managed(keys, problems);
        return new BridgeKeys(managed, policy.security(), policy.notifySwitches());
    }

    private static Optional<Boolean> managed(ExternalIds keys, Problems problems) {
        try {
            return Optional.of(keys.read(Keys.MANAGED, ExternalIds::flag).orElse(false));
        } catch (Unreadable unreadable) {
            problems.add(unreadable.reason() + ": it stays as it was");
            return Optional.empty();
        }
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What the last plans came to, of each vNIC and bridge the newest. Not thread-safe. */
final class Ledger {
    private final Map<VnicId, Map<UUID, Verdict>> verdicts = new HashMap<>();
    private final Map<DatapathId, List<String>> problems = new HashMap<>();
    private Scope unsettled = Scope.NOTHING;

    void take(Plan plan) {
        plan.verdicts().forEach((id, rows) -> {
            if (rows.isEmpty()) {
                verdicts.remove(id);
            } else {
                verdicts.put(id, rows);
            }
        });
        plan.problems().forEach((dpid, those) -> {
            if (those.isEmpty()) {
                problems.remove(dpid);
            } else {
                problems.put(dpid, those);
            }
        });
        Set<VnicId> vnics = new TreeSet<>(unsettled.vnics());
        vnics.removeAll(plan.verdicts().keySet());
        plan.verdicts().forEach((id, rows) -> {
            if (rows.values().stream().anyMatch(Verdict::isUnsettled)) {
                vnics.add(id);
            }
        });
        unsettled = new Scope(vnics, problems.keySet());
    }

    /** What may come out otherwise when something else changes. */
    Scope unsettled() {
        return unsettled;
    }

    Optional<Verdict> verdict(Claim claim) {
        return Optional.ofNullable(verdicts.getOrDefault(claim.id(), Map.of()).get(claim.row()));
    }

    List<String> problems(DatapathId dpid) {
        return problems.getOrDefault(dpid, List.of());
    }
}

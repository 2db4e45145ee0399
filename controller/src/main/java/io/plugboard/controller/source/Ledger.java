package io.plugboard.controller.source;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What the last plans came to, of each vNIC and bridge the newest. Not thread-safe. */
final class Ledger {
    private final Map<VnicId, Map<UUID, Verdict>> verdicts = new HashMap<>();
    private final Map<DatapathId, List<String>> problems = new HashMap<>();
    private final Set<VnicId> prepared = new TreeSet<>();
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
        Set<DatapathId> bridges = new TreeSet<>(unsettled.bridges());
        bridges.removeAll(plan.problems().keySet());
        bridges.addAll(plan.refused());
        unsettled = new Scope(vnics, bridges, Set.of());
        plan.verdicts().forEach((id, rows) -> {
            if (rows.containsValue(Verdict.PREPARED)) {
                prepared.add(id);
            } else {
                prepared.remove(id);
            }
        });
    }

    /** What may come out otherwise when something else changes. */
    Scope unsettled() {
        return unsettled;
    }

    /** The vNICs that have a place where they may go next. */
    Set<VnicId> prepared() {
        return prepared;
    }

    Optional<Verdict> verdict(Claim claim) {
        return Optional.ofNullable(verdicts.getOrDefault(claim.id(), Map.of()).get(claim.row()));
    }

    List<String> problems(DatapathId dpid) {
        return problems.getOrDefault(dpid, List.of());
    }

    /** Of all bridges that have some: of the bridge itself, and of vNICs that cannot be plugged in there as it is said. */
    Map<DatapathId, List<String>> allProblems(World world) {
        Map<DatapathId, List<String>> all = new TreeMap<>();
        problems.forEach((dpid, those) -> all.put(dpid, new ArrayList<>(those)));
        for (VnicId id : unsettled.vnics()) {
            for (Claim claim : world.claims(id)) {
                verdict(claim)
                        .filter(Verdict::isUnsettled)
                        .ifPresent(verdict -> all.computeIfAbsent(claim.place().bridge(), none -> new ArrayList<>())
                                .add("port " + claim.place().port() + ": vNIC '" + id + "': " + verdict.sentence()));
            }
        }
        return all;
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be looked at anew. Looking at more than that costs time, and changes nothing.
 *
 * @param bridges with all that is plugged in there
 */
record Scope(Set<VnicId> vnics, Set<DatapathId> bridges) {
    static final Scope NOTHING = new Scope(Set.of(), Set.of());

    Scope {
        vnics = Set.copyOf(vnics);
        bridges = Set.copyOf(bridges);
    }

    /** Where a host's database says something else than before. */
    static Scope of(Optional<HostView> before, HostView after) {
        Set<VnicId> vnics = new TreeSet<>();
        Set<DatapathId> bridges = new TreeSet<>();
        addDifferences(before, Optional.of(after), vnics, bridges);
        addDifferences(Optional.of(after), before, vnics, bridges);
        return new Scope(vnics, bridges);
    }

    /** All that a host's database speaks of. */
    static Scope of(HostView view) {
        return of(Optional.empty(), view);
    }

    private static void addDifferences(
            Optional<HostView> one, Optional<HostView> other, Set<VnicId> vnics, Set<DatapathId> bridges) {
        if (one.isEmpty()) {
            return;
        }
        one.get().bridges().forEach((dpid, said) -> {
            BridgeSaid there = other.map(view -> view.bridges().get(dpid)).orElse(null);
            if (!said.equals(there)) {
                bridges.add(dpid);
            }
        });
        one.get().readings().forEach((row, reading) -> {
            Optional<Claim> there = other.flatMap(view -> view.claim(row));
            if (!reading.claim().equals(there)) {
                reading.claim().map(Claim::id).ifPresent(vnics::add);
                there.map(Claim::id).ifPresent(vnics::add);
            }
        });
    }

    Scope and(Scope other) {
        if (isEmpty()) {
            return other;
        }
        Set<VnicId> allVnics = new TreeSet<>(vnics);
        allVnics.addAll(other.vnics);
        Set<DatapathId> allBridges = new TreeSet<>(bridges);
        allBridges.addAll(other.bridges);
        return new Scope(allVnics, allBridges);
    }

    boolean isEmpty() {
        return vnics.isEmpty() && bridges.isEmpty();
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
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

    /** Where a host's database says something else than before, or nothing any more of a bridge that is stored as its own. */
    static Scope of(Optional<HostView> before, HostView after, Topology topology) {
        Set<VnicId> vnics = new TreeSet<>();
        Set<DatapathId> bridges = new TreeSet<>();
        boolean mayLackSome =
                before.filter(view -> view.unborn().equals(after.unborn())).isEmpty();
        if (mayLackSome) {
            Origin origin = new Origin.Ovsdb(after.database());
            topology.bridges().values().stream()
                    .map(ManagedBridge::bridge)
                    .filter(bridge -> bridge.origin().equals(origin))
                    .forEach(bridge -> bridges.add(bridge.dpid()));
        }
        addDifferences(before, Optional.of(after), vnics, bridges);
        addDifferences(Optional.of(after), before, vnics, bridges);
        return new Scope(vnics, bridges);
    }

    /** All that a host's database speaks of. */
    static Scope of(HostView view, Topology topology) {
        return of(Optional.empty(), view, topology);
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

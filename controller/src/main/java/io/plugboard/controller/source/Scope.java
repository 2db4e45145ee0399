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
 * @param bridges for themselves, whatever is plugged in there
 * @param whole bridges with all that is plugged in there
 */
record Scope(Set<VnicId> vnics, Set<DatapathId> bridges, Set<DatapathId> whole) {
    static final Scope NOTHING = new Scope(Set.of(), Set.of(), Set.of());

    Scope {
        vnics = Set.copyOf(vnics);
        bridges = Set.copyOf(bridges);
        whole = Set.copyOf(whole);
    }

    static Scope ofWhole(Set<DatapathId> bridges) {
        return new Scope(Set.of(), bridges, bridges);
    }

    /** What somebody has changed. */
    static Scope of(Set<VnicId> vnics, Set<DatapathId> bridges, Topology before, Topology after) {
        Set<DatapathId> whole = new TreeSet<>();
        for (DatapathId dpid : bridges) {
            if (!before.origin(dpid).equals(after.origin(dpid))) {
                whole.add(dpid);
            }
        }
        return new Scope(vnics, bridges, whole);
    }

    /** Where a host's database says something else than before, or nothing any more of a bridge that is stored as its own. */
    static Scope of(Optional<HostView> before, HostView after, Topology topology) {
        Set<VnicId> vnics = new TreeSet<>();
        Set<DatapathId> bridges = new TreeSet<>();
        Set<DatapathId> whole = new TreeSet<>();
        boolean mayLackSome =
                before.filter(view -> view.unborn().equals(after.unborn())).isEmpty();
        if (mayLackSome) {
            Origin origin = new Origin.Ovsdb(after.database());
            topology.bridges().values().stream()
                    .map(ManagedBridge::bridge)
                    .filter(bridge -> bridge.origin().equals(origin))
                    .forEach(bridge -> whole.add(bridge.dpid()));
        }
        addDifferences(before, Optional.of(after), vnics, bridges, whole);
        addDifferences(Optional.of(after), before, vnics, bridges, whole);
        bridges.addAll(whole);
        return new Scope(vnics, bridges, whole);
    }

    /** All that a host's database speaks of. */
    static Scope of(HostView view, Topology topology) {
        return of(Optional.empty(), view, topology);
    }

    private static void addDifferences(
            Optional<HostView> one,
            Optional<HostView> other,
            Set<VnicId> vnics,
            Set<DatapathId> bridges,
            Set<DatapathId> whole) {
        if (one.isEmpty()) {
            return;
        }
        one.get().bridges().forEach((dpid, said) -> {
            BridgeSaid there = other.map(view -> view.bridges().get(dpid)).orElse(null);
            if (there == null || !said.keys().managed().equals(there.keys().managed())) {
                whole.add(dpid);
            } else if (!said.saysTheSameAs(there)) {
                bridges.add(dpid);
            }
        });
        one.get().readings().forEach((row, reading) -> {
            Optional<Claim> there = other.flatMap(view -> view.claim(row));
            if (!reading.claim().equals(there)) {
                reading.claim().map(Claim::id).ifPresent(vnics::add);
                there.map(Claim::id).ifPresent(vnics::add);
            }
            boolean isRefusedAsBefore = other.map(view -> view.readings().get(row))
                    .filter(before -> before.refusal().equals(reading.refusal()))
                    .isPresent();
            if (reading.refusal().isPresent() && !isRefusedAsBefore) {
                bridges.add(reading.source().bridge());
            }
        });
    }

    Scope and(Scope other) {
        if (isEmpty()) {
            return other;
        } else if (other.isEmpty()) {
            return this;
        }
        return new Scope(union(vnics, other.vnics), union(bridges, other.bridges), union(whole, other.whole));
    }

    private static <T extends Comparable<? super T>> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    boolean concerns(Claim claim) {
        return vnics.contains(claim.id()) || whole.contains(claim.place().bridge());
    }

    boolean isEmpty() {
        return vnics.isEmpty() && bridges.isEmpty() && whole.isEmpty();
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out which of many steps can be made, so that one that cannot leaves the others alone. */
final class Trial {
    private final List<TopologyChange> accepted = new ArrayList<>();
    private final Map<Step, String> refusals = new HashMap<>();
    private Topology reached;

    private Trial(Topology topology) {
        reached = topology;
    }

    /** @param steps in the order in which they are tried */
    static Trial of(Topology topology, List<Step> steps) {
        Trial trial = new Trial(topology);
        trial.tryAll(steps);
        trial.makeRoom(steps);
        return trial;
    }

    /** All that can be made, as one transaction. */
    List<TopologyChange> accepted() {
        return accepted;
    }

    /** Why steps cannot be made. */
    Map<Step, String> refusals() {
        return refusals;
    }

    /** What has been made up to the one that is refused is made for good: so each is tried twice at most. */
    private void tryAll(List<Step> steps) {
        List<TopologyChange> changes = changesOf(steps);
        int step = 0;
        int change = 0;
        while (step < steps.size()) {
            try {
                take(changes.subList(change, changes.size()));
                return;
            } catch (ChangeRejected rejected) {
                int refused = change + rejected.index();
                int good = change;
                while (good + steps.get(step).changes().size() <= refused) {
                    good += steps.get(step).changes().size();
                    step++;
                }
                takeAll(changes.subList(change, good));
                refusals.put(steps.get(step), String.valueOf(rejected.getMessage()));
                change = good + steps.get(step).changes().size();
                step++;
            } catch (RuntimeException fault) {
                steps.subList(step, steps.size()).forEach(this::tryAlone);
                return;
            }
        }
    }

    /** Of a fault of ours nobody knows which step it is about. */
    private void tryAlone(Step step) {
        try {
            take(step.changes());
        } catch (ChangeRejected rejected) {
            refusals.put(step, String.valueOf(rejected.getMessage()));
        } catch (RuntimeException fault) {
            refusals.put(step, words(fault));
        }
    }

    static String words(RuntimeException fault) {
        return "a fault of Plugboard: " + fault;
    }

    private void takeAll(List<TopologyChange> good) {
        try {
            take(good);
        } catch (ChangeRejected impossible) {
            throw new IllegalStateException("what was accepted together with more is refused", impossible);
        }
    }

    private void take(List<TopologyChange> changes) throws ChangeRejected {
        reached = reached.apply(changes).topology();
        accepted.addAll(changes);
    }

    private static List<TopologyChange> changesOf(List<Step> steps) {
        return steps.stream().flatMap(step -> step.changes().stream()).toList();
    }

    /** Where vNICs want each other's places, those that have lost theirs give them up first, and all are tried once more. */
    private void makeRoom(List<Step> steps) {
        List<Step> refused = steps.stream().filter(refusals::containsKey).toList();
        List<TopologyChange> out = refused.stream()
                .flatMap(step -> step.stale().stream())
                .<TopologyChange>map(VnicDetached::new)
                .toList();
        if (!out.isEmpty()) {
            try {
                take(out);
            } catch (ChangeRejected impossible) {
                throw new IllegalStateException("what is plugged in cannot be plugged out", impossible);
            }
            refusals.clear();
            tryAll(refused);
        }
    }
}

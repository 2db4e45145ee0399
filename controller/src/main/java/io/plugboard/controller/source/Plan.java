package io.plugboard.controller.source;

import io.plugboard.controller.source.Step.Order;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgeDeleted;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What has to change so that the topology is what the databases of the hosts say. It follows from the newest of both, and from
 * nothing that has been planned before: what was missed, or refused, is right after the next plan.
 *
 * @param changes all that can be made
 * @param verdicts what each row of the vNICs that were looked at comes to
 * @param problems of each bridge that was looked at, a sentence each
 * @param refused the bridges that cannot be put, or taken out, as they should
 */
record Plan(
        List<TopologyChange> changes,
        Map<VnicId, Map<UUID, Verdict>> verdicts,
        Map<DatapathId, List<String>> problems,
        Set<DatapathId> refused) {

    Plan {
        changes = List.copyOf(changes);
        verdicts = Map.copyOf(verdicts);
        problems = Map.copyOf(problems);
        refused = Set.copyOf(refused);
    }

    static Plan of(World world, Topology topology, Scope scope) {
        return new Planner(world, topology).plan(scope);
    }

    private static final class Planner {
        /** So many places of one vNIC are tried, however many rows claim it. */
        private static final int MOST_PLACES = 8;

        private final World world;
        private final Topology topology;
        private final List<Step> bridgeSteps = new ArrayList<>();
        private final Map<VnicId, List<Step>> vnicSteps = new TreeMap<>();

        /** Rows of vNICs that cannot have their places, and why. */
        private final Map<UUID, String> unfit = new HashMap<>();

        private final Map<VnicId, Map<UUID, Verdict>> verdicts = new TreeMap<>();
        private final Map<DatapathId, List<String>> problems = new TreeMap<>();
        private final Set<DatapathId> refused = new TreeSet<>();

        Planner(World world, Topology topology) {
            this.world = world;
            this.topology = topology;
        }

        Plan plan(Scope scope) {
            scope.bridges().forEach(this::plan);
            vnics(scope).forEach(this::plan);
            Trial trial = attempt();
            for (int places = 1; places < MOST_PLACES && leavesSomeOut(trial.refusals()); places++) {
                trial = attempt();
            }
            trial.refusals().forEach((step, reason) -> {
                step.claim().ifPresent(claim -> refuse(claim, unfit.getOrDefault(claim.row(), reason)));
                step.bridge().ifPresent(dpid -> {
                    problem(
                            dpid,
                            step.order() == Order.BRIDGE_GONE
                                    ? whyGone(dpid) + ", and stays for what is plugged in by REST: " + reason
                                    : reason);
                    refused.add(dpid);
                });
            });
            return new Plan(trial.accepted(), verdicts, problems, refused);
        }

        private Trial attempt() {
            List<Step> steps = new ArrayList<>(bridgeSteps);
            vnicSteps.values().forEach(steps::addAll);
            steps.sort(Comparator.comparing(Step::order));
            return Trial.of(topology, steps);
        }

        /** A vNIC that cannot go to one place may be at another, and there it is as that row says. */
        private boolean leavesSomeOut(Map<Step, String> refusals) {
            // Where a vNIC may go next was not tried while it has no place.
            Set<VnicId> homeless = refusals.keySet().stream()
                    .filter(step -> step.order() == Order.IN)
                    .flatMap(step -> step.claim().stream())
                    .filter(claim -> !isThere(claim))
                    .map(Claim::id)
                    .collect(Collectors.toSet());
            Set<VnicId> again = new TreeSet<>();
            refusals.forEach((step, reason) -> step.claim()
                    .filter(claim -> !isThere(claim) && !unfit.containsKey(claim.row()))
                    .filter(claim -> step.order() == Order.IN || !homeless.contains(claim.id()))
                    .filter(claim -> world.claims(claim.id()).size() > 1)
                    .ifPresent(claim -> {
                        unfit.put(claim.row(), reason);
                        again.add(claim.id());
                    }));
            again.forEach(this::plan);
            return !again.isEmpty();
        }

        private boolean isThere(Claim claim) {
            return topology.attachment(claim.id())
                    .filter(there -> there.place().equals(claim.place()))
                    .isPresent();
        }

        private void refuse(Claim claim, String reason) {
            String stays = topology.attachment(claim.id())
                    .filter(there -> isThere(claim))
                    .map(Attachment::vnic)
                    .map(vnic -> claim.agreesWith(vnic)
                            ? "; it stays as it was"
                            : "; it stays in port group '" + vnic.portGroup() + "' with MAC " + vnic.mac())
                    .orElse("");
            verdicts.computeIfAbsent(claim.id(), unused -> new HashMap<>())
                    .put(claim.row(), Verdict.refused(reason + stays));
        }

        private String whyGone(DatapathId dpid) {
            return world.bridge(dpid, topology).isPresent() ? "it is not marked any more" : "its host has it no more";
        }

        /** Those that are meant, and those that are plugged in, or say so, on the bridges that are meant. */
        private TreeSet<VnicId> vnics(Scope scope) {
            TreeSet<VnicId> vnics = new TreeSet<>(scope.vnics());
            for (DatapathId dpid : scope.whole()) {
                topology.switchboard(dpid).vnics().stream()
                        .map(EffectiveVnic::id)
                        .forEach(vnics::add);
            }
            for (HostView host : world.hosts()) {
                boolean isMeant = scope.whole().stream().anyMatch(host.bridges()::containsKey);
                if (isMeant) {
                    host.readings().values().stream()
                            .flatMap(reading -> reading.claim().stream())
                            .filter(claim ->
                                    scope.whole().contains(claim.place().bridge()))
                            .forEach(claim -> vnics.add(claim.id()));
                }
            }
            return vnics;
        }

        /** Whether a bridge is, or is about to be, ours to program. */
        private boolean isOurs(DatapathId dpid) {
            return World.isPut(dpid, topology)
                    || world.bridge(dpid, topology)
                            .filter(said -> said.isOurs(topology))
                            .isPresent();
        }

        /** A fault of ours about one vNIC leaves the others alone. */
        private void plan(VnicId id) {
            try {
                VnicPlan plan = VnicPlan.of(world, topology, id, unfit);
                vnicSteps.put(id, plan.steps());
                verdicts.put(id, plan.verdicts());
            } catch (RuntimeException fault) {
                Map<UUID, Verdict> refusals = new HashMap<>();
                world.claims(id).forEach(claim -> refusals.put(claim.row(), Verdict.refused(Trial.words(fault))));
                verdicts.put(id, refusals);
            }
        }

        /** The same of a bridge. */
        private void plan(DatapathId dpid) {
            try {
                planBridge(dpid);
            } catch (RuntimeException fault) {
                problem(dpid, Trial.words(fault));
                refused.add(dpid);
            }
        }

        private void planBridge(DatapathId dpid) {
            Optional<BridgeSaid> said = world.bridge(dpid, topology);
            Optional<Bridge> there = topology.bridge(dpid).map(ManagedBridge::bridge);
            boolean isPut = World.isPut(dpid, topology);
            problems.put(dpid, new ArrayList<>());
            said.filter(bridge -> isOurs(dpid) || bridge.keys().managed().isEmpty())
                    .ifPresent(bridge -> {
                        bridge.problems().forEach(problem -> problem(dpid, problem));
                        Correction.problems(bridge.row(), bridge.isOurs(topology))
                                .forEach(problem -> problem(dpid, problem));
                    });
            if (world.isItsHostConnected(dpid, topology).equals(Optional.of(false))
                    && !world.isSpokenOf(dpid, topology)) {
                problem(dpid, "the database of its host is not connected: what is plugged in is what it said last");
            }
            List<HostView> hosts = world.speakers(dpid);
            boolean isSomebodys = hosts.stream()
                    .flatMap(host -> world.said(host.database(), dpid).stream())
                    .anyMatch(bridge -> bridge.isOurs(topology));
            if ((isOurs(dpid) || isSomebodys) && hosts.size() > 1) {
                problem(
                        dpid,
                        "the bridge of host "
                                + said.map(BridgeSaid::database)
                                        .flatMap(world::host)
                                        .map(HostView::name)
                                        .orElse("?")
                                + " is meant: hosts "
                                + hosts.stream().map(HostView::name).sorted().toList()
                                + " have bridges with this datapath id");
            }
            if (isPut) {
                said.ifPresent(
                        host -> contradictions(host, there.orElseThrow()).forEach(problem -> problem(dpid, problem)));
            } else if (said.isPresent() && said.get().isOurs(topology)) {
                if (!there.equals(Optional.of(said.get().bridge()))) {
                    bridgeSteps.add(
                            Step.of(Order.BRIDGE, dpid, new BridgePut(said.get().bridge())));
                }
            } else if (there.isPresent() && world.isHeard(dpid, topology)) {
                bridgeSteps.add(Step.of(Order.BRIDGE_GONE, dpid, new BridgeDeleted(dpid)));
            }
        }

        /** What REST has put counts. */
        private static List<String> contradictions(BridgeSaid said, Bridge put) {
            List<String> contradictions = new ArrayList<>();
            if (!said.uplinks().isEmpty() && !new TreeSet<>(said.uplinks()).equals(new TreeSet<>(put.uplinks()))) {
                contradictions.add("OVSDB marks uplinks " + said.uplinks() + ", and REST has put " + put.uplinks()
                        + ", which count");
            }
            boolean isPolicySame = said.keys().security().over(put.security()).equals(put.security())
                    && (said.keys().notifySwitches().isEmpty()
                            || said.keys().notifySwitches().equals(put.notifySwitches()));
            if (!isPolicySame) {
                contradictions.add("OVSDB gives the bridge another policy than REST has put, which counts");
            }
            return contradictions;
        }

        private void problem(DatapathId dpid, String text) {
            problems.computeIfAbsent(dpid, unused -> new ArrayList<>()).add(text);
        }
    }
}

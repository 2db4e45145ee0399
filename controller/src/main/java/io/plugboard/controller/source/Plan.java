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
import io.plugboard.topology.model.Origin;
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

    static Plan of(World world, Topology topology, Adoption adoption, Scope scope) {
        return new Planner(world, topology, adoption).plan(scope);
    }

    private static final class Planner {
        private final World world;
        private final Topology topology;
        private final Adoption adoption;
        private final List<Step> steps = new ArrayList<>();
        private final Map<VnicId, Map<UUID, Verdict>> verdicts = new TreeMap<>();
        private final Map<DatapathId, List<String>> problems = new TreeMap<>();
        private final Set<DatapathId> refused = new TreeSet<>();

        Planner(World world, Topology topology, Adoption adoption) {
            this.world = world;
            this.topology = topology;
            this.adoption = adoption;
        }

        Plan plan(Scope scope) {
            scope.bridges().forEach(this::plan);
            vnics(scope).forEach(this::plan);
            steps.sort(Comparator.comparing(Step::order));
            Trial trial = Trial.of(topology, steps);
            trial.refusals().forEach((step, reason) -> {
                step.claim().ifPresent(claim -> refuse(claim, reason));
                step.bridge().ifPresent(dpid -> {
                    problem(
                            dpid,
                            step.order() == Order.BRIDGE_GONE
                                    ? "it is not marked any more, and stays for what is plugged in by REST: " + reason
                                    : reason);
                    refused.add(dpid);
                });
            });
            return new Plan(trial.accepted(), verdicts, problems, refused);
        }

        /** Where it was about to go it cannot be: so it is where it was. */
        private void refuse(Claim refusal, String reason) {
            Map<UUID, Verdict> rows = verdicts.computeIfAbsent(refusal.id(), unused -> new HashMap<>());
            String stays = topology.attachment(refusal.id())
                    .filter(there -> there.place().equals(refusal.place()))
                    .map(Attachment::vnic)
                    .map(vnic -> "; it stays in port group '" + vnic.portGroup() + "' with MAC " + vnic.mac())
                    .orElse("");
            rows.put(refusal.row(), Verdict.refused(reason + stays));
            for (Claim claim : world.claims(refusal.id())) {
                boolean isThere = topology.attachment(claim.id())
                        .filter(there -> there.place().equals(claim.place()))
                        .isPresent();
                if (isThere && Verdict.LEAVING.equals(rows.get(claim.row()))) {
                    rows.put(claim.row(), Verdict.ACTIVE);
                }
            }
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
                                    scope.bridges().contains(claim.place().bridge()))
                            .forEach(claim -> vnics.add(claim.id()));
                }
            }
            return vnics;
        }

        /** Whether a bridge is, or is about to be, ours to program. */
        private boolean isOurs(DatapathId dpid) {
            return isPut(dpid)
                    || world.bridge(dpid, topology)
                            .filter(said -> said.isOurs(adoption, topology))
                            .isPresent();
        }

        /** The same by what the claim's own host says of it. */
        private boolean isOurs(Claim claim) {
            DatapathId dpid = claim.place().bridge();
            return isPut(dpid)
                    || world.said(claim.database(), dpid)
                            .filter(said -> said.isOurs(adoption, topology))
                            .isPresent();
        }

        private boolean isPut(DatapathId dpid) {
            return topology.bridge(dpid)
                    .filter(stored -> stored.bridge().origin() instanceof Origin.Rest)
                    .isPresent();
        }

        /** A fault of ours about one vNIC leaves the others alone. */
        private void plan(VnicId id) {
            try {
                VnicPlan plan = VnicPlan.of(world, topology, id, this::isOurs);
                steps.addAll(plan.steps());
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
            boolean isPut = isPut(dpid);
            problems.put(dpid, new ArrayList<>());
            said.filter(bridge -> isOurs(dpid) || bridge.keys().managed().isEmpty())
                    .ifPresent(bridge -> {
                        bridge.problems().forEach(problem -> problem(dpid, problem));
                        Correction.problems(bridge.row(), bridge.isOurs(adoption, topology))
                                .forEach(problem -> problem(dpid, problem));
                    });
            there.map(Bridge::origin)
                    .filter(Origin.Ovsdb.class::isInstance)
                    .filter(origin -> !world.isSpokenOf(dpid, topology))
                    .ifPresent(origin -> problem(
                            dpid,
                            "the database of its host is not connected: what is plugged in is what it said last"));
            List<HostView> hosts = world.speakers(dpid);
            if (isOurs(dpid) && hosts.size() > 1) {
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
                said.flatMap(marked -> contradiction(marked, there.orElseThrow()))
                        .ifPresent(problem -> problem(dpid, problem));
            } else if (said.isPresent() && said.get().isOurs(adoption, topology)) {
                if (!there.equals(Optional.of(said.get().bridge()))) {
                    steps.add(
                            Step.of(Order.BRIDGE, dpid, new BridgePut(said.get().bridge())));
                }
            } else if (there.isPresent() && world.isHeard(dpid, topology)) {
                steps.add(Step.of(Order.BRIDGE_GONE, dpid, new BridgeDeleted(dpid)));
            }
        }

        private static Optional<String> contradiction(BridgeSaid said, Bridge put) {
            boolean isSame =
                    said.uplinks().isEmpty() || new TreeSet<>(said.uplinks()).equals(new TreeSet<>(put.uplinks()));
            return isSame
                    ? Optional.empty()
                    : Optional.of("OVSDB marks uplinks " + said.uplinks() + ", and REST has put " + put.uplinks()
                            + ", which count");
        }

        private void problem(DatapathId dpid, String text) {
            problems.computeIfAbsent(dpid, unused -> new ArrayList<>()).add(text);
        }
    }
}

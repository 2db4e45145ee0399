package io.plugboard.controller.observe;

import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What becomes of the statuses of one bridge's vNICs. It looks at those alone that something has happened to, and keeps no
 * status: both sides follow from snapshots. Not thread-safe.
 */
final class StatusChanges {
    private static final int CONFIRMATIONS = 2;

    private StatusReport seen;
    private final Set<VnicId> touched = new HashSet<>();
    private final List<Observed.Port> touchedPorts = new ArrayList<>();

    /** Those that have all they need but the switch's confirmation. */
    private final Set<VnicId> awaiting = new HashSet<>();

    /**
     * Those that something happened to, with how many more confirmations may be about what was before it: the one that was
     * under way then, and the next.
     */
    private final Map<VnicId, Integer> unsettled = new HashMap<>();

    /** @param topology before anything was touched */
    StatusChanges(Topology topology, DatapathId dpid) {
        seen = new StatusReport(topology, BridgeState.unknown(dpid));
    }

    /** The stored facts of this vNIC have changed, or its policy has. */
    void touch(VnicId vnic) {
        touched.add(vnic);
    }

    /** In the state that is looked at next, this port came, went or became another one. */
    void touch(Observed.Port port) {
        touchedPorts.add(port);
    }

    boolean isAwaiting(VnicId vnic) {
        return awaiting.contains(vnic);
    }

    StatusReport seen() {
        return seen;
    }

    /** What has changed since the last look, in the order of the ids; the newer snapshots must have all that was touched. */
    List<VnicChange> look(Topology topology, BridgeState state) {
        StatusReport before = seen;
        StatusReport after = new StatusReport(topology, state);
        Set<VnicId> candidates = candidates(before, after);
        seen = after;
        touched.clear();
        touchedPorts.clear();
        List<VnicChange> changes = new ArrayList<>();
        for (VnicId vnic : candidates) {
            Optional<VnicStatus> now = status(after, vnic);
            if (now.filter(status -> isAwaiting(after, status)).isPresent()) {
                awaiting.add(vnic);
            } else {
                awaiting.remove(vnic);
            }
            Optional<VnicStatus> old = status(before, vnic);
            if (now.isPresent() && !now.equals(old)) {
                changes.add(new VnicChange(vnic, state.dpid(), old, now.get()));
            }
        }
        return changes;
    }

    private static Optional<VnicStatus> status(StatusReport report, VnicId id) {
        return report.topology()
                .attachment(id)
                .filter(there -> isHere(report, there))
                .map(report::vnic);
    }

    private static boolean isHere(StatusReport report, Attachment attachment) {
        return attachment.vnic().place().bridge().equals(report.state().dpid());
    }

    private static boolean isAwaiting(StatusReport report, VnicStatus status) {
        return status.state() == VnicStatus.State.PENDING
                && status.portNumber().isPresent()
                && report.state().connection().isPresent();
    }

    private Set<VnicId> candidates(StatusReport before, StatusReport after) {
        Set<VnicId> candidates = new TreeSet<>();
        if (!what(before).equals(what(after))) {
            for (StatusReport either : List.of(before, after)) {
                switchboard(either).vnics().forEach(vnic -> candidates.add(vnic.id()));
            }
            return candidates;
        }
        for (StatusReport either : List.of(before, after)) {
            touched.forEach(vnic -> addTouched(either, vnic, candidates));
            touchedPorts.forEach(port -> atPort(either, port).forEach(candidates::add));
        }
        if (!switchboard(before).classes().hasSameClasses(switchboard(after).classes())) {
            addTrunks(before, candidates);
            addTrunks(after, candidates);
        }
        candidates.forEach(vnic -> unsettled.put(vnic, CONFIRMATIONS));
        addDifferences(before.state().failures(), after.state().failures(), candidates);
        if (!isSame(before.state().confirmed(), after.state().confirmed())) {
            candidates.addAll(awaiting);
            candidates.addAll(unsettled.keySet());
            unsettled.replaceAll((vnic, confirmations) -> confirmations - 1);
            unsettled.values().removeIf(confirmations -> confirmations == 0);
        }
        return candidates;
    }

    /** What all vNICs of a bridge depend on. */
    private record Common(Optional<SwitchConnection> connection, Optional<Bridge> bridge) {}

    private static Common what(StatusReport report) {
        return new Common(
                report.state().connection(),
                report.topology().bridge(report.state().dpid()).map(ManagedBridge::bridge));
    }

    private static Switchboard switchboard(StatusReport report) {
        return report.topology().switchboard(report.state().dpid());
    }

    /** The vNIC, those that use its MAC and may be blocked for it, and whoever asks for its port. */
    private static void addTouched(StatusReport report, VnicId id, Set<VnicId> candidates) {
        candidates.add(id);
        Optional<Attachment> here = report.topology().attachment(id).filter(there -> isHere(report, there));
        if (here.isPresent()) {
            EffectiveVnic vnic = report.topology().effective(here.get());
            switchboard(report).rivalsOf(vnic).forEach(rival -> candidates.add(rival.id()));
            report.state()
                    .observed()
                    .port(here.get().vnic().place().port())
                    .ifPresent(port -> atPort(report, port).forEach(candidates::add));
        }
    }

    /** All of them take part in the bridge's VLAN classes. */
    private static void addTrunks(StatusReport report, Set<VnicId> candidates) {
        Switchboard switchboard = switchboard(report);
        switchboard.trunkSlots().stream()
                .flatMap(slot -> switchboard.atSlot(slot).stream())
                .forEach(vnic -> candidates.add(vnic.id()));
    }

    private static Stream<VnicId> atPort(StatusReport report, Observed.Port port) {
        return Stream.of(new PortRef.ByName(port.name()), new PortRef.ByNumber(port.number()))
                .flatMap(ref -> switchboard(report).atPort(ref).stream());
    }

    private static void addDifferences(Map<VnicId, String> before, Map<VnicId, String> after, Set<VnicId> candidates) {
        before.forEach((vnic, reason) -> addIf(!Objects.equals(after.get(vnic), reason), vnic, candidates));
        after.forEach((vnic, reason) -> addIf(!Objects.equals(before.get(vnic), reason), vnic, candidates));
    }

    private static void addIf(boolean differs, VnicId vnic, Set<VnicId> candidates) {
        if (differs) {
            candidates.add(vnic);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Optional<BridgeView> before, Optional<BridgeView> after) {
        return before.isPresent() && after.isPresent()
                ? before.get() == after.get()
                : before.isEmpty() && after.isEmpty();
    }
}

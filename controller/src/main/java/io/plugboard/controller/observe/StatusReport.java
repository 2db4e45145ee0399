package io.plugboard.controller.observe;

import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.controller.reconcile.BridgeState;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.PortRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Says how a bridge and its vNICs are doing, from what should be and what is known of the switch. */
public record StatusReport(Topology topology, BridgeState state) {

    public BridgeStatus bridge() {
        BridgeView view = view();
        BridgeHealth health = health();
        List<String> all = new ArrayList<>(health.problems());
        state.failures().forEach((vnic, reason) -> all.add("vNIC '" + vnic + "': " + reason));
        return new BridgeStatus(
                state.dpid(),
                health.state(),
                state.connection().map(SwitchConnection::address),
                state.connection().map(session -> "1.3"),
                state.connection().map(session -> "equal"),
                state.observed().ports().values().stream()
                        .map(port -> new BridgeStatus.Port(port, use(view, port)))
                        .toList(),
                state.flowsDesired(),
                state.flowsInstalled(),
                state.lastSync(),
                List.copyOf(all));
    }

    /** What {@link #bridge} says in short, at a cost that does not grow with the bridge's ports. */
    public BridgeHealth health() {
        List<String> problems = new ArrayList<>(state.problems());
        if (state.connection().isPresent()) {
            problems.addAll(uplinkProblems());
        }
        state.connection().map(session -> session.profile().misfits()).ifPresent(problems::addAll);
        BridgeStatus.State summary =
                summary(!problems.isEmpty() || !state.failures().isEmpty());
        if (topology.bridge(state.dpid()).isEmpty()) {
            problems.add("nobody has put this bridge: it is read and shown, never written");
        }
        return new BridgeHealth(summary, problems);
    }

    private List<String> uplinkProblems() {
        List<String> problems = new ArrayList<>();
        topology.bridge(state.dpid())
                .ifPresent(bridge -> bridge.uplinks().values().forEach(uplink -> {
                    Optional<Observed.Port> port = state.observed().port(new PortRef.ByName(uplink));
                    if (port.isEmpty()) {
                        problems.add("uplink '" + uplink + "': the bridge has no such port");
                    } else if (!port.get().linkUp()) {
                        problems.add("uplink '" + uplink + "' is down");
                    }
                }));
        return problems;
    }

    private BridgeStatus.State summary(boolean isWrong) {
        if (state.connection().isEmpty()) {
            return BridgeStatus.State.DISCONNECTED;
        } else if (isWrong) {
            return BridgeStatus.State.DEGRADED;
        }
        boolean managed = topology.bridge(state.dpid()).isPresent();
        boolean confirmedManaged =
                state.confirmed().map(view -> view.bridge().isPresent()).orElse(false);
        return state.confirmed().isEmpty() || managed != confirmedManaged
                ? BridgeStatus.State.SYNCING
                : BridgeStatus.State.ACTIVE;
    }

    private static BridgeStatus.Use use(BridgeView view, Observed.Port port) {
        Optional<ManagedBridge> bridge = view.bridge();
        if (bridge.isPresent() && bridge.get().bridge().uplinks().contains(port.name())) {
            return new BridgeStatus.Use.Uplink();
        }
        return view.switchboard()
                .atPort(new PortRef.ByName(port.name()))
                .or(() -> view.switchboard().atPort(new PortRef.ByNumber(port.number())))
                .<BridgeStatus.Use>map(BridgeStatus.Use.OfVnic::new)
                .orElseGet(BridgeStatus.Use.Unused::new);
    }

    /** @param attachment of the topology, on this bridge */
    public VnicStatus vnic(Attachment attachment) {
        return seat(topology.effective(attachment));
    }

    /** @param attachment of the topology, with a migration prepared to this bridge */
    public MigrationStatus migration(Attachment attachment) {
        int slot = attachment.prepared().orElseThrow().slot();
        VnicStatus seat = seat(topology.switchboard(state.dpid()).atSlot(slot).orElseThrow());
        return new MigrationStatus(MigrationStatus.State.of(seat.state()), seat.reason());
    }

    /** @param vnic in one of its places, which is on this bridge */
    private VnicStatus seat(EffectiveVnic vnic) {
        Plug plug = view().plug(vnic);
        if (plug instanceof Plug.Plugged plugged) {
            OptionalInt portNumber = OptionalInt.of(plugged.port().number());
            String refusal = state.failures().get(vnic.id());
            if (state.connection().isPresent() && refusal != null) {
                return status(vnic, VnicStatus.State.FAILED, refusal, portNumber);
            }
            if (vnic.block().isPresent()) {
                return status(vnic, VnicStatus.State.BLOCKED, vnic.block().get().reason(), portNumber);
            }
            Optional<String> obstacle = obstacle(plugged);
            if (obstacle.isPresent()) {
                return status(vnic, VnicStatus.State.PENDING, obstacle.get(), portNumber);
            }
            return status(vnic, VnicStatus.State.ACTIVE, "", portNumber);
        }
        if (vnic.block().isPresent()) {
            return status(vnic, VnicStatus.State.BLOCKED, vnic.block().get().reason(), OptionalInt.empty());
        }
        String reason =
                state.connection().isEmpty() && topology.bridge(state.dpid()).isPresent()
                        ? notConnected()
                        : ((Plug.Unplugged) plug).reason();
        return status(vnic, VnicStatus.State.PENDING, reason, OptionalInt.empty());
    }

    /** What keeps a vNIC that has its port from being active, or prepared. */
    private Optional<String> obstacle(Plug.Plugged plugged) {
        if (state.connection().isEmpty()) {
            return Optional.of(notConnected());
        }
        List<String> misfits = state.connection().get().profile().misfits();
        if (!misfits.isEmpty()) {
            return Optional.of("bridge " + state.dpid() + " cannot be programmed: " + String.join("; ", misfits));
        }
        boolean isConfirmed = state.confirmed()
                .filter(view -> !view.withheld().contains(plugged.vnic().id()))
                .filter(view -> view.topology().seats(plugged.vnic().id(), state.dpid()).stream()
                        .map(view::plug)
                        .anyMatch(there -> there instanceof Plug.Plugged confirmed && plugged.isSameTo(confirmed)))
                .isPresent();
        return isConfirmed
                ? Optional.empty()
                : Optional.of("bridge " + state.dpid() + " has not confirmed its flows yet");
    }

    /** Whether a vNIC lacks nothing but the switch's confirmation: it is about to be active, or refused. */
    public boolean isUnderWay(Attachment attachment) {
        VnicStatus status = vnic(attachment);
        return status.state() == VnicStatus.State.PENDING
                && state.connection()
                        .filter(session -> session.profile().misfits().isEmpty())
                        .isPresent()
                && status.portNumber().isPresent();
    }

    private String notConnected() {
        return "bridge " + state.dpid() + " is not connected";
    }

    private VnicStatus status(EffectiveVnic vnic, VnicStatus.State summary, String reason, OptionalInt portNumber) {
        Optional<String> uplink = topology.bridge(state.dpid())
                .flatMap(bridge -> Optional.ofNullable(bridge.uplinks().get(vnic.pin())));
        return new VnicStatus(
                summary,
                reason,
                portNumber,
                vnic.effectiveMac(),
                uplink,
                vnic.mirroring() && !vnic.isBlocked(),
                vnic.promiscuousDenied(),
                vnic.ignored());
    }

    private BridgeView view() {
        return new BridgeView(topology, state.dpid(), state.observed(), Set.of());
    }
}

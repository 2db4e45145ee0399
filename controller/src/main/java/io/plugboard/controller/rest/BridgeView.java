package io.plugboard.controller.rest;

import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.reconcile.Sync;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Vnic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bridge as the API shows it.
 *
 * @param teaming none when nobody has given it
 * @param notifySwitches none when nobody has given it
 * @param managed whether somebody has put it
 * @param source {@code rest} or {@code ovsdb}; none when nobody has put it
 * @param revision none when nobody has
 */
record BridgeView(
        String dpid,
        String name,
        List<String> uplinks,
        SecurityView security,
        @Nullable TeamingView teaming,
        @Nullable Boolean notifySwitches,
        boolean managed,
        @Nullable String source,
        @Nullable Long revision,
        Status status) {

    record Status(
            String state,
            @Nullable String address,
            @Nullable String openFlowVersion,
            @Nullable String role,
            List<Port> ports,
            int flowsDesired,
            int flowsInstalled,
            @Nullable Sync lastSync,
            List<String> problems) {

        /** Of a bridge that was put so lately that nobody has looked at it. */
        private static final Status UNKNOWN =
                new Status(text(BridgeStatus.State.DISCONNECTED), null, null, null, List.of(), 0, 0, null, List.of());

        static Status of(BridgeStatus status) {
            return new Status(
                    text(status.state()),
                    status.address().orElse(null),
                    status.openFlowVersion().orElse(null),
                    status.role().orElse(null),
                    status.ports().stream().map(Port::of).toList(),
                    status.flowsDesired(),
                    status.flowsInstalled(),
                    status.lastSync().orElse(null),
                    status.problems());
        }

        private static String text(BridgeStatus.State state) {
            return state.name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param number unsigned */
    record Port(
            long number,
            String name,
            String mac,
            boolean linkUp,
            String use,
            @Nullable String vnic) {
        static Port of(BridgeStatus.Port seen) {
            Observed.Port port = seen.port();
            String use = "unused";
            String vnic = null;
            if (seen.use() instanceof BridgeStatus.Use.Uplink) {
                use = "uplink";
            } else if (seen.use() instanceof BridgeStatus.Use.OfVnic of) {
                use = "vnic";
                vnic = of.id().text();
            }
            return new Port(
                    Integer.toUnsignedLong(port.number()),
                    port.name(),
                    port.mac().toString(),
                    port.linkUp(),
                    use,
                    vnic);
        }
    }

    static BridgeView of(DatapathId dpid, Optional<ManagedBridge> stored, Optional<BridgeStatus> status) {
        Bridge bridge = stored.map(ManagedBridge::bridge).orElseGet(() -> new Bridge(dpid, "", List.of()));
        return new BridgeView(
                dpid.toString(),
                bridge.name(),
                bridge.uplinks(),
                SecurityView.of(bridge.security()),
                bridge.teaming().map(TeamingView::of).orElse(null),
                bridge.notifySwitches().orElse(null),
                stored.isPresent(),
                stored.map(there -> source(there.bridge().origin())).orElse(null),
                stored.map(ManagedBridge::revision).orElse(null),
                status.map(Status::of).orElse(Status.UNKNOWN));
    }

    private static String source(Origin origin) {
        return VnicView.text(origin instanceof Origin.Ovsdb ? Vnic.Source.OVSDB : Vnic.Source.REST);
    }
}

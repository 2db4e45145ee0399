package io.plugboard.controller.rest;

import io.plugboard.compiler.simulate.Trace;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.service.FrameTrace;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who gets a frame, and why, as the API shows it. */
record TraceView(List<Delivery> deliveries, List<Step> path) {

    /**
     * A copy that left the bridge.
     *
     * @param portNumber unsigned
     * @param vnic none when the port is an uplink
     * @param vlan of its outer tag; none when it has no tag
     */
    record Delivery(
            String port,
            long portNumber,
            @Nullable String vnic,
            @Nullable Integer vlan) {
        static Delivery of(BridgeView bridge, Trace.Delivery copy) {
            Optional<Observed.Port> port = bridge.observed().port(new PortRef.ByNumber(copy.port()));
            return new Delivery(
                    port.map(Observed.Port::name).orElse(Integer.toUnsignedString(copy.port())),
                    Integer.toUnsignedLong(copy.port()),
                    port.flatMap(known -> holder(bridge, known))
                            .map(VnicId::text)
                            .orElse(null),
                    copy.frame().tags().stream()
                            .findFirst()
                            .map(tag -> tag.id())
                            .orElse(null));
        }

        private static Optional<VnicId> holder(BridgeView bridge, Observed.Port port) {
            return bridge.switchboard()
                    .atPort(new PortRef.ByName(port.name()))
                    .or(() -> bridge.switchboard().atPort(new PortRef.ByNumber(port.number())));
        }
    }

    /**
     * A table that the frame went through.
     *
     * @param flow that it matched; none when it matched none
     * @param owner whom the flow serves
     */
    record Step(
            int table,
            String tableName,
            @Nullable String flow,
            @Nullable String owner,
            String why) {
        static Step of(Owners owners, Trace.Lookup lookup) {
            return new Step(
                    lookup.table().id(),
                    lookup.table().name(),
                    lookup.flow().map(Object::toString).orElse(null),
                    lookup.flow().map(flow -> owners.name(flow.owner())).orElse(null),
                    lookup.flow().map(owners::why).orElseGet(lookup::why));
        }
    }

    /** Groups are not steps of their own: the flows name them, and the deliveries are what comes of them. */
    static TraceView of(FrameTrace traced) {
        BridgeView bridge = traced.view();
        Owners owners = new Owners(bridge.dpid(), bridge.topology());
        return new TraceView(
                traced.trace().deliveries().stream()
                        .map(copy -> Delivery.of(bridge, copy))
                        .toList(),
                traced.trace().path().stream()
                        .flatMap(step -> step instanceof Trace.Lookup lookup ? Stream.of(lookup) : Stream.empty())
                        .map(lookup -> Step.of(owners, lookup))
                        .toList());
    }
}

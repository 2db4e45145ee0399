package io.plugboard.controller.rest;

import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.Figures;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Prometheus asks for. A bridge costs one request of each kind, and a switch that does not answer soon is left out of
 * this scrape.
 */
final class Scrapes {
    private static final long PATIENCE_MS = 1000;

    private final TopologyService service;
    private final Switches switches;
    private final Metrics metrics;

    Scrapes(TopologyService service, Switches switches, Metrics metrics) {
        this.service = service;
        this.switches = switches;
        this.metrics = metrics;
    }

    Future<?> get(RoutingContext context) {
        Topology topology = service.topology();
        FreshCounters counters = new FreshCounters(switches, context.vertx().getOrCreateContext(), PATIENCE_MS);
        return counters.prepare(topology.attachments().values())
                .compose(ready -> context.vertx()
                        .executeBlocking(() -> Buffer.buffer(metrics.scrape(figures(topology, counters))), false))
                .compose(text -> Answers.send(context.response(), 200, Metrics.CONTENT_TYPE, text));
    }

    private Figures figures(Topology topology, FreshCounters counters) {
        int connected = 0;
        Map<DatapathId, Integer> flows = new TreeMap<>();
        for (BridgeStatus bridge : switches.bridges()) {
            connected += bridge.address().isPresent() ? 1 : 0;
            flows.put(bridge.dpid(), bridge.flowsInstalled());
        }
        Map<VnicStatus.State, Long> states = new EnumMap<>(VnicStatus.State.class);
        Map<VnicId, Long> spoofed = new TreeMap<>();
        for (Attachment attachment : topology.attachments().values()) {
            switches.vnic(attachment.id()).ifPresent(status -> states.merge(status.state(), 1L, Long::sum));
            counters.of(attachment).ifPresent(told -> spoofed.put(attachment.id(), told.spoofedDrops()));
        }
        return new Figures(connected, states, flows, spoofed);
    }
}

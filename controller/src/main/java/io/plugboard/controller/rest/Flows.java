package io.plugboard.controller.rest;

import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The flows of a bridge, and their mending by hand. */
final class Flows {
    private static final String TEXT = "text/plain";

    private final TopologyService service;
    private final Switches switches;

    Flows(TopologyService service, Switches switches) {
        this.service = service;
        this.switches = switches;
    }

    Future<?> get(RoutingContext context) throws Refused {
        BridgeResource bridge = bridge(context);
        Topology topology = service.topology();
        boolean asText = TEXT.equals(context.getAcceptableContentType());
        return asked(context, bridge.dpid(), switches.flows(bridge.dpid()))
                .compose(listing -> context.vertx()
                        .executeBlocking(
                                () -> {
                                    FlowsView view = FlowsView.of(bridge.dpid(), topology, listing);
                                    return asText ? Buffer.buffer(FlowsText.of(view)) : Json.write(view);
                                },
                                false))
                .compose(body ->
                        Answers.send(context.response(), 200, asText ? TEXT + "; charset=utf-8" : Answers.JSON, body));
    }

    Future<?> resync(RoutingContext context) throws Refused {
        BridgeResource bridge = bridge(context);
        return asked(context, bridge.dpid(), switches.resync(bridge.dpid()))
                .compose(sync -> Answers.json(context, 200, sync));
    }

    private BridgeResource bridge(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<BridgeResource> named = parameters.path("dpid", BridgeResource::of);
        parameters.nothingElse();
        findings.refuse();
        BridgeResource bridge = named.orElseThrow();
        if (bridge.view(service.topology(), switches).isEmpty()) {
            throw new Refused(Problem.of(Problem.Kind.NOT_FOUND, "there is no " + bridge));
        }
        return bridge;
    }

    private static <T> Future<T> asked(RoutingContext context, DatapathId dpid, CompletionStage<T> answer) {
        return Future.fromCompletionStage(answer, context.vertx().getOrCreateContext())
                .recover(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof ConnectionLost) {
                        return Future.failedFuture(
                                new Refused(Problem.of(Problem.Kind.CONFLICT, "bridge " + dpid + " is not connected")));
                    } else if (cause instanceof RequestRefused refusal) {
                        return Future.failedFuture(new Refused(Problem.of(
                                Problem.Kind.SWITCH_REFUSED, "bridge " + dpid + ": " + refusal.getMessage())));
                    }
                    return Future.failedFuture(failure);
                });
    }
}

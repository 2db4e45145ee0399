package io.plugboard.controller.rest;

import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.rest.Problem.FieldError;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** POST of a frame: who would get it, and why. */
final class Traces {
    private final TopologyService service;
    private final Switches switches;
    private final Bodies bodies;

    Traces(TopologyService service, Switches switches, Bodies bodies) {
        this.service = service;
        this.switches = switches;
        this.bodies = bodies;
    }

    Future<?> trace(RoutingContext context) {
        Findings findings = new Findings();
        new Parameters(context, findings).nothingElse();
        return bodies.read(context, Bodies.RESOURCE).compose(body -> {
            try {
                Optional<TraceRequest> read = TraceRequest.read(Json.read(body), findings);
                findings.refuse();
                TraceRequest request = read.orElseThrow();
                return trace(context, request, inPort(request));
            } catch (Refused refused) {
                return Future.failedFuture(refused);
            }
        });
    }

    private Future<Void> trace(RoutingContext context, TraceRequest request, Observed.Port inPort) {
        return Future.fromCompletionStage(
                        switches.trace(request.bridge(), inPort.number(), request.frame()),
                        context.vertx().getOrCreateContext())
                .compose(traced -> Answers.json(context, 200, TraceView.of(traced)));
    }

    private Observed.Port inPort(TraceRequest request) throws Refused {
        DatapathId dpid = request.bridge();
        BridgeStatus bridge = switches.bridge(dpid)
                .orElseThrow(() -> refused(Problem.Kind.UNPROCESSABLE, "/bridge", "there is no bridge " + dpid));
        if (service.topology().bridge(dpid).isEmpty()) {
            throw refused(
                    Problem.Kind.CONFLICT, "/bridge", "nobody has put bridge " + dpid + ": it is read, not programmed");
        }
        Observed ports =
                Observed.of(bridge.ports().stream().map(BridgeStatus.Port::port).toList());
        if (ports.ports().isEmpty()) {
            throw refused(
                    Problem.Kind.CONFLICT,
                    "/bridge",
                    "bridge " + dpid + " is not connected, and nobody knows its ports yet");
        }
        return ports.port(request.inPort())
                .orElseThrow(() -> refused(
                        Problem.Kind.UNPROCESSABLE, "/inPort", "bridge " + dpid + " has no port " + request.inPort()));
    }

    private static Refused refused(Problem.Kind kind, String pointer, String detail) {
        return new Refused(new Problem(kind, detail, List.of(FieldError.ofField(pointer, detail)), null));
    }
}

package io.plugboard.controller.rest;

import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** GET, PUT and DELETE of one port group, bridge, vNIC or receive filter. */
final class Resources {
    private static final int WAIT_MS = 5000;
    private static final int LONGEST_WAIT_MS = 60_000;

    private final TopologyService service;
    private final Switches switches;
    private final Writes writes;
    private final Bodies bodies;

    Resources(TopologyService service, Switches switches, Writes writes, Bodies bodies) {
        this.service = service;
        this.switches = switches;
        this.writes = writes;
        this.bodies = bodies;
    }

    Future<?> get(RoutingContext context, String parameter, Resource.Kind kind) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<Resource> named = parameters.path(parameter, kind::of);
        parameters.nothingElse();
        findings.refuse();
        Resource resource = named.orElseThrow();
        Topology topology = service.topology();
        if (resource instanceof VnicResource vnic
                && topology.attachment(vnic.id()).isPresent()) {
            return getVnic(context, vnic, topology.attachment(vnic.id()).get());
        }
        return answer(context, resource, topology, 200);
    }

    private Future<Void> getVnic(RoutingContext context, VnicResource vnic, Attachment attachment) {
        FreshCounters counters = new FreshCounters(switches, context.vertx().getOrCreateContext());
        return counters.prepare(List.of(attachment)).compose(ready -> {
            context.response().putHeader(HttpHeaders.ETAG, Preconditions.etag(attachment.revision()));
            return Answers.json(
                    context, 200, VnicView.of(attachment, switches.vnic(vnic.id()), counters.of(attachment)));
        });
    }

    private Future<Void> answer(RoutingContext context, Resource resource, Topology topology, int status) {
        Optional<Object> view = resource.view(topology, switches);
        if (view.isEmpty()) {
            return Future.failedFuture(new Refused(Problem.of(Problem.Kind.NOT_FOUND, "there is no " + resource)));
        }
        resource.revision(topology)
                .ifPresent(revision -> context.response().putHeader(HttpHeaders.ETAG, Preconditions.etag(revision)));
        return Answers.json(context, status, view.get());
    }

    Future<?> put(RoutingContext context, String parameter, Resource.Kind kind) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<Resource> named = parameters.path(parameter, kind::of);
        Optional<Integer> waitMs =
                named.filter(Resource.OfVnic.class::isInstance).flatMap(vnic -> waitMs(parameters));
        parameters.nothingElse();
        Preconditions preconditions = Preconditions.of(context.request(), findings);
        if (named.isEmpty()) {
            findings.refuse();
        }
        Resource resource = named.orElseThrow();
        return bodies.read(context, Bodies.RESOURCE).compose(body -> {
            try {
                Optional<List<TopologyChange>> changes = resource.put(Json.read(body), "", findings);
                findings.refuse(service.topology());
                return put(context, resource, changes.orElseThrow(), preconditions, waitMs);
            } catch (Refused refused) {
                return Future.failedFuture(refused);
            }
        });
    }

    private static Optional<Integer> waitMs(Parameters parameters) {
        Optional<String> wait = parameters.query("wait", text -> {
            if (!text.equals("active")) {
                throw new IllegalArgumentException("must be 'active', not '" + text + "'");
            }
            return text;
        });
        int timeoutMs = parameters
                .query("timeoutMs", Parameters.between(1, LONGEST_WAIT_MS))
                .orElse(WAIT_MS);
        return wait.map(active -> timeoutMs);
    }

    private Future<Void> put(
            RoutingContext context,
            Resource resource,
            List<TopologyChange> changes,
            Preconditions preconditions,
            Optional<Integer> waitMs) {
        AtomicBoolean existed = new AtomicBoolean();
        return writes.change(context, List.of(Writes.Operation.alone(resource, changes)), current -> {
                    preconditions.require(resource, resource.revision(current));
                    existed.set(resource.revision(current).isPresent());
                })
                .compose(topology -> {
                    if (!existed.get()) {
                        context.response().putHeader(HttpHeaders.LOCATION, Resource.BASE + resource.path());
                    }
                    int status = existed.get() ? 200 : 201;
                    return waitMs.isPresent() && resource instanceof Resource.OfVnic vnic
                            ? answerWhenSettled(context, vnic, topology, status, waitMs.get())
                            : answer(context, resource, topology, status);
                });
    }

    private Future<Void> answerWhenSettled(
            RoutingContext context, Resource.OfVnic vnic, Topology stored, int status, int timeoutMs) {
        Attachment attachment = stored.attachment(vnic.id()).orElseThrow();
        CompletableFuture<Optional<VnicStatus>> settled =
                switches.whenSettled(vnic.id()).toCompletableFuture();
        return Future.fromCompletionStage(settled, context.vertx().getOrCreateContext())
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                .onFailure(givenUp -> settled.cancel(false))
                .compose(
                        now -> {
                            if (now.isEmpty()) {
                                return Future.<Void>failedFuture(new Refused(Problem.of(
                                        Problem.Kind.CONFLICT,
                                        "vNIC '" + vnic.id()
                                                + "' was stored, and deleted or moved before it was active")));
                            }
                            context.response().putHeader(HttpHeaders.ETAG, Preconditions.etag(attachment.revision()));
                            return Answers.json(
                                    context, status, vnic.view(attachment, now).orElseThrow());
                        },
                        failure -> Future.failedFuture(
                                failure instanceof TimeoutException ? notInTime(attachment, timeoutMs) : failure));
    }

    private Refused notInTime(Attachment attachment, int timeoutMs) {
        VnicView now = VnicView.of(attachment, switches.vnic(attachment.id()), Optional.empty());
        String detail =
                "vNIC '" + attachment.id() + "' is stored, and " + now.status().state() + " after " + timeoutMs
                        + " ms: " + now.status().reason();
        return new Refused(new Problem(Problem.Kind.NOT_ACTIVE_IN_TIME, detail, List.of(), now));
    }

    Future<?> delete(RoutingContext context, String parameter, Resource.Kind kind) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<Resource> named = parameters.path(parameter, kind::of);
        parameters.nothingElse();
        Preconditions preconditions = Preconditions.of(context.request(), findings);
        findings.refuse();
        Resource resource = named.orElseThrow();
        return writes.change(
                        context,
                        List.of(Writes.Operation.alone(resource, List.of(resource.delete()))),
                        current -> preconditions.require(resource, resource.revision(current)))
                .compose(gone -> context.response().setStatusCode(204).end());
    }
}

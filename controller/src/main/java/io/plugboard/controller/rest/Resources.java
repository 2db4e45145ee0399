package io.plugboard.controller.rest;

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
import java.util.concurrent.atomic.AtomicBoolean;

/** GET, PUT and DELETE of one port group, bridge, vNIC or receive filter. */
final class Resources {
    private final TopologyService service;
    private final Switches switches;
    private final Writes writes;
    private final Bodies bodies;
    private final VnicAnswers answers;

    Resources(TopologyService service, Switches switches, Writes writes, Bodies bodies) {
        this.service = service;
        this.switches = switches;
        this.writes = writes;
        this.bodies = bodies;
        answers = new VnicAnswers(switches);
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
                    context,
                    200,
                    VnicView.of(
                            attachment,
                            switches.vnic(vnic.id()),
                            switches.migration(vnic.id()),
                            counters.of(attachment)));
        });
    }

    /** With what the resource is in this snapshot. */
    Future<Void> answer(RoutingContext context, Resource resource, Topology topology, int status) {
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
        Optional<Integer> waitMs = named.filter(Resource.OfVnic.class::isInstance)
                .flatMap(vnic -> VnicAnswers.waitMs(parameters, "active"));
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
                            ? answers.whenActive(context, vnic, topology, status, waitMs.get())
                            : answer(context, resource, topology, status);
                });
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

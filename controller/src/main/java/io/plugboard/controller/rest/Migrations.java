package io.plugboard.controller.rest;

import io.plugboard.controller.rest.Writes.Operation;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.change.TopologyChange.MigrationGivenUp;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves of vNICs in two steps: the destination is prepared; then the vNIC becomes active there, or the move is given up. */
final class Migrations {
    private final Writes writes;
    private final Bodies bodies;
    private final Resources resources;
    private final VnicAnswers answers;

    Migrations(Switches switches, Writes writes, Bodies bodies, Resources resources) {
        this.writes = writes;
        this.bodies = bodies;
        this.resources = resources;
        answers = new VnicAnswers(switches);
    }

    /** Which vNIC, how long to wait for it, and what must hold. */
    private record Request(VnicResource vnic, Optional<Integer> waitMs, Preconditions preconditions) {

        static Request of(RoutingContext context, Optional<String> awaitable) throws Refused {
            Findings findings = new Findings();
            Parameters parameters = new Parameters(context, findings);
            Optional<VnicResource> vnic = parameters.path("id", VnicResource::of);
            Optional<Integer> waitMs = awaitable.flatMap(state -> VnicAnswers.waitMs(parameters, state));
            parameters.nothingElse();
            Preconditions preconditions = Preconditions.of(context.request(), findings);
            findings.refuse();
            return new Request(vnic.orElseThrow(), waitMs, preconditions);
        }

        void require(Topology current) throws Refused {
            preconditions.require(vnic, vnic.revision(current));
        }

        /** That there is no such vNIC at all is for the topology to say. */
        void requirePrepared(Topology current, Problem.Kind kind) throws Refused {
            require(current);
            Optional<Attachment> attachment = current.attachment(vnic.id());
            if (attachment.isPresent() && attachment.get().prepared().isEmpty()) {
                throw new Refused(Problem.of(
                        kind,
                        "no migration of " + vnic + " is prepared: it is plugged in at "
                                + attachment.get().place()));
            }
        }
    }

    Future<?> prepare(RoutingContext context) throws Refused {
        Request request = Request.of(context, Optional.of("prepared"));
        return bodies.read(context, Bodies.RESOURCE).compose(body -> {
            try {
                Findings findings = new Findings();
                Optional<MigrationPrepared> change =
                        MigrationView.read(request.vnic().id(), Json.read(body), findings);
                findings.refuse();
                return prepare(context, request, change.orElseThrow());
            } catch (Refused refused) {
                return Future.failedFuture(refused);
            }
        });
    }

    private Future<Void> prepare(RoutingContext context, Request request, MigrationPrepared change) {
        VnicResource vnic = request.vnic();
        AtomicBoolean existed = new AtomicBoolean();
        return writes.change(
                        context,
                        List.of(new Operation(vnic, List.of(change), Migrations::pointerToDestination)),
                        current -> {
                            request.require(current);
                            existed.set(current.attachment(vnic.id())
                                    .flatMap(Attachment::prepared)
                                    .isPresent());
                        })
                .compose(topology -> {
                    int status = existed.get() ? 200 : 201;
                    return request.waitMs().isPresent()
                            ? answers.whenPrepared(
                                    context,
                                    vnic.id(),
                                    topology,
                                    status,
                                    request.waitMs().get())
                            : resources.answer(context, vnic, topology, status);
                });
    }

    /** The request names the destination alone: whatever the vNIC meets there is said of its bridge, or of its port. */
    private static Optional<String> pointerToDestination(String field) {
        return Optional.of(field.equals("port") ? "/port" : "/bridge").filter(pointer -> !field.isEmpty());
    }

    Future<?> giveUp(RoutingContext context) throws Refused {
        Request request = Request.of(context, Optional.empty());
        return writes.change(
                        context,
                        List.of(withoutBody(
                                request.vnic(),
                                new MigrationGivenUp(request.vnic().id()))),
                        current -> request.requirePrepared(current, Problem.Kind.NOT_FOUND))
                .compose(gone -> context.response().setStatusCode(204).end());
    }

    Future<?> activate(RoutingContext context) throws Refused {
        Request request = Request.of(context, Optional.of("active"));
        VnicResource vnic = request.vnic();
        return writes.change(
                        context,
                        List.of(withoutBody(vnic, new MigrationActivated(vnic.id()))),
                        current -> request.requirePrepared(current, Problem.Kind.CONFLICT))
                .compose(topology -> request.waitMs().isPresent()
                        ? answers.whenActive(
                                context, vnic, topology, 200, request.waitMs().get())
                        : resources.answer(context, vnic, topology, 200));
    }

    private static Operation withoutBody(VnicResource vnic, TopologyChange change) {
        return new Operation(vnic, List.of(change), field -> Optional.empty());
    }
}

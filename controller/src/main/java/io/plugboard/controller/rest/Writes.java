package io.plugboard.controller.rest;

import io.plugboard.controller.rest.Problem.FieldError;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Has changes made by the one writer, and says of a refusal which field of the request it is about. */
final class Writes {
    private final TopologyService service;
    private final Hosts hosts;

    Writes(TopologyService service, Hosts hosts) {
        this.service = service;
        this.hosts = hosts;
    }

    /** Where the request says what a field of the changed resource is; empty for what it does not say. */
    @FunctionalInterface
    interface Pointers {
        /** @param field empty for the resource as a whole */
        Optional<String> to(String field);
    }

    record Operation(Resource resource, List<TopologyChange> changes, Pointers pointers) {
        Operation {
            changes = List.copyOf(changes);
        }

        static Operation alone(Resource resource, List<TopologyChange> changes) {
            return new Operation(
                    resource, changes, field -> field.isEmpty() ? Optional.empty() : Optional.of("/" + field));
        }

        /** @param pointer to the operation in its transaction */
        static Operation within(String pointer, Resource resource, List<TopologyChange> changes) {
            return new Operation(
                    resource, changes, field -> Optional.of(pointer + (field.isEmpty() ? "/path" : "/value/" + field)));
        }

        private boolean isDeletion() {
            return changes.equals(List.of(resource.delete()));
        }

        private List<TopologyChange> changes(Topology current, Hosts hosts) {
            return isDeletion() ? List.of(resource.delete(current, hosts)) : changes;
        }

        private Optional<String> notOurs(Topology current, Hosts hosts) {
            return isDeletion() ? resource.notOursToDelete(current, hosts) : resource.notOurs(current);
        }

        private List<FieldError> errors(String field, String detail) {
            return pointers.to(field).map(pointer -> FieldError.ofField(pointer, detail)).stream()
                    .toList();
        }
    }

    /** What must hold when the change's turn has come. */
    @FunctionalInterface
    interface Precondition {
        void require(Topology current) throws Refused;
    }

    /** All of the operations or none; completes with the snapshot after them. */
    Future<Topology> change(RoutingContext context, List<Operation> operations, Precondition precondition) {
        TopologyService.Change change = current -> {
            precondition.require(current);
            List<TopologyChange> changes = new ArrayList<>(operations.size());
            for (Operation operation : operations) {
                Optional<String> notOurs = operation.notOurs(current, hosts);
                if (notOurs.isPresent()) {
                    throw new Refused(new Problem(
                            Problem.Kind.CONFLICT, notOurs.get(), operation.errors("", notOurs.get()), null));
                }
                changes.addAll(operation.changes(current, hosts));
            }
            return changes;
        };
        String who = "rest " + context.request().remoteAddress().hostAddress();
        return Future.fromCompletionStage(
                        service.change(who, change), context.vertx().getOrCreateContext())
                .map(Topology.Applied::topology)
                .recover(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return Future.failedFuture(
                            cause instanceof ChangeRejected rejected
                                    ? refused(operationOf(rejected.index(), operations), rejected)
                                    : failure);
                });
    }

    /** @param index of one of their changes, all in a row */
    private static Operation operationOf(int index, List<Operation> operations) {
        int left = index;
        for (Operation operation : operations) {
            if (left < operation.changes().size()) {
                return operation;
            }
            left -= operation.changes().size();
        }
        throw new AssertionError("change " + index + " of " + operations);
    }

    private static Refused refused(Operation operation, ChangeRejected rejected) {
        List<FieldError> errors = rejected.rejections().stream()
                .flatMap(rejection -> operation.errors(rejection.field(), rejection.detail()).stream())
                .toList();
        return new Refused(
                new Problem(kind(rejected.rejections()), String.valueOf(rejected.getMessage()), errors, null));
    }

    /** What must be mended in the request itself comes before what must be mended elsewhere. */
    private static Problem.Kind kind(List<Rejection> rejections) {
        List<Rejection.Kind> kinds = rejections.stream().map(Rejection::kind).toList();
        if (kinds.contains(Rejection.Kind.UNKNOWN_REFERENCE)) {
            return Problem.Kind.UNPROCESSABLE;
        }
        return kinds.contains(Rejection.Kind.CONFLICT) ? Problem.Kind.CONFLICT : Problem.Kind.NOT_FOUND;
    }
}

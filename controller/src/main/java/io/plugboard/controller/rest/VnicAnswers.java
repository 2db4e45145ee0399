package io.plugboard.controller.rest;

import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Answers to changes of a vNIC that wait until the switch has confirmed them: what the parameter {@code wait} asks for. */
final class VnicAnswers {
    private static final int WAIT_MS = 5000;
    private static final int LONGEST_WAIT_MS = 60_000;

    private final Switches switches;

    VnicAnswers(Switches switches) {
        this.switches = switches;
    }

    /**
     * How long the answer is to wait, if it is.
     *
     * @param state that can be waited for
     */
    static Optional<Integer> waitMs(Parameters parameters, String state) {
        Optional<String> wait = parameters.query("wait", text -> {
            if (!text.equals(state)) {
                throw new IllegalArgumentException("must be '" + state + "', not '" + text + "'");
            }
            return text;
        });
        int timeoutMs = parameters
                .query("timeoutMs", Parameters.between(1, LONGEST_WAIT_MS))
                .orElse(WAIT_MS);
        return wait.map(unused -> timeoutMs);
    }

    /** When it is active, or will not be by waiting. */
    Future<Void> whenActive(RoutingContext context, Resource.OfVnic vnic, Topology stored, int status, int timeoutMs) {
        Attachment attachment = stored.attachment(vnic.id()).orElseThrow();
        String name = "vNIC '" + vnic.id() + "'";
        Future<VnicStatus> settled = settled(
                context,
                switches.whenSettled(vnic.id()),
                timeoutMs,
                name + " was stored, and deleted or moved before it was active",
                () -> {
                    VnicView now = view(attachment);
                    return late(name, now.status().state(), now.status().reason(), timeoutMs, now);
                });
        return settled.compose(now -> send(
                context,
                attachment,
                status,
                vnic.view(attachment, Optional.of(now), switches).orElseThrow()));
    }

    /** When its migration is prepared, or will not be by waiting. */
    Future<Void> whenPrepared(RoutingContext context, VnicId id, Topology stored, int status, int timeoutMs) {
        Attachment attachment = stored.attachment(id).orElseThrow();
        String name = "the migration of vNIC '" + id + "'";
        Future<MigrationStatus> settled = settled(
                context,
                switches.whenPrepared(id),
                timeoutMs,
                name + " was stored, and given up or activated before it was prepared",
                () -> {
                    MigrationView now = MigrationView.of(attachment.prepared().orElseThrow(), switches.migration(id));
                    return late(name, now.state(), now.reason(), timeoutMs, view(attachment));
                });
        return settled.compose(now -> send(
                context,
                attachment,
                status,
                VnicView.of(attachment, switches.vnic(id), Optional.of(now), Optional.empty())));
    }

    private VnicView view(Attachment attachment) {
        return VnicView.of(
                attachment, switches.vnic(attachment.id()), switches.migration(attachment.id()), Optional.empty());
    }

    private static Future<Void> send(RoutingContext context, Attachment attachment, int status, Object view) {
        context.response().putHeader(HttpHeaders.ETAG, Preconditions.etag(attachment.revision()));
        return Answers.json(context, status, view);
    }

    /**
     * @param gone what to say when it is not there any more
     * @param late what to say when time is up
     */
    private static <T> Future<T> settled(
            RoutingContext context,
            CompletionStage<Optional<T>> awaited,
            int timeoutMs,
            String gone,
            Supplier<Problem> late) {
        CompletableFuture<Optional<T>> settled = awaited.toCompletableFuture();
        return Future.fromCompletionStage(settled, context.vertx().getOrCreateContext())
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                .onFailure(givenUp -> settled.cancel(false))
                .compose(
                        now -> now.map(Future::succeededFuture)
                                .orElseGet(() ->
                                        Future.failedFuture(new Refused(Problem.of(Problem.Kind.CONFLICT, gone)))),
                        failure -> Future.failedFuture(
                                failure instanceof TimeoutException ? new Refused(late.get()) : failure));
    }

    private static Problem late(String name, String state, String reason, int timeoutMs, VnicView now) {
        return new Problem(
                Problem.Kind.NOT_ACTIVE_IN_TIME,
                name + " is stored, and " + state + " after " + timeoutMs + " ms: " + reason,
                List.of(),
                now);
    }
}

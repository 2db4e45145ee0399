package io.plugboard.controller.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the bodies of requests: each within its limit, and all of them together within one. */
final class Bodies {
    /** Of one port group, bridge or vNIC. */
    static final int RESOURCE = 1 << 20;

    /** Of a transaction: some 200,000 operations. */
    static final int TRANSACTION = 32 << 20;

    /** Of all requests that are being read or worked on. */
    private static final long TOGETHER = 2L * TRANSACTION;

    /** How long a client that was told to stop may go on sending, so that it gets to read why. */
    private static final long LINGER_MS = 10_000;

    private final AtomicLong held = new AtomicLong();

    /** The whole body; fails with {@link Refused}. To be called before anything else has read from the request. */
    Future<Buffer> read(RoutingContext context, int limit) {
        HttpServerRequest request = context.request();
        Optional<Problem> refusal = refusal(request, limit);
        if (refusal.isPresent()) {
            return refused(context, refusal.get());
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            context.response().writeContinue();
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        context.addEndHandler(done -> held.addAndGet(-body.length()));
        request.handler(chunk -> {
            Optional<Problem> tooMuch = tooMuch(body.length() + (long) chunk.length(), chunk.length(), limit);
            if (tooMuch.isEmpty()) {
                body.appendBuffer(chunk);
            } else if (!whole.future().isComplete()) {
                stopReading(context);
                whole.fail(new Refused(tooMuch.get()));
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }

    private static Optional<Problem> refusal(HttpServerRequest request, int limit) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String mediaType = type == null ? "none" : type.split(";", 2)[0].strip();
        if (!mediaType.equalsIgnoreCase("application/json")) {
            return Optional.of(Problem.ofParameter(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type",
                    "the body must have Content-Type: application/json, not " + mediaType));
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > limit
                ? Optional.of(tooLarge(limit, length))
                : Optional.empty();
    }

    private Optional<Problem> tooMuch(long length, int more, int limit) {
        if (length > limit) {
            return Optional.of(tooLarge(limit, "more"));
        }
        if (held.addAndGet(more) > TOGETHER) {
            held.addAndGet(-more);
            return Optional.of(Problem.of(
                    Problem.Kind.TOO_MANY_REQUESTS, "other requests with large bodies are being worked on: try again"));
        }
        return Optional.empty();
    }

    private static Problem tooLarge(int limit, String length) {
        return Problem.of(Problem.Kind.TOO_LARGE, "the body may have " + limit + " bytes, not " + length);
    }

    private static Future<Buffer> refused(RoutingContext context, Problem problem) {
        if (problem.kind() == Problem.Kind.TOO_LARGE) {
            context.request().handler(chunk -> {});
            stopReading(context);
        }
        return Future.failedFuture(new Refused(problem));
    }

    /** A connection on which a body is still coming cannot be used again: it ends, once its client had time to read the answer. */
    private static void stopReading(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.vertx()
                .setTimer(LINGER_MS, late -> context.request().connection().close());
    }
}

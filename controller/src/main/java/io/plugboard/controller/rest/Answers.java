package io.plugboard.controller.rest;

import io.plugboard.controller.service.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests are answered: with JSON, or with a problem. */
final class Answers {
    static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static Future<Void> json(RoutingContext context, int status, Object value) {
        return send(context.response(), status, JSON, Json.write(value));
    }

    static Future<Void> send(HttpServerResponse response, int status, String type, Buffer body) {
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body);
    }

    static Future<Void> problem(HttpServerResponse response, Problem problem) {
        Problem.Kind kind = problem.kind();
        kind.retryAfter().ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", kind.type());
        members.put("title", kind.title());
        members.put("status", kind.status());
        members.put("detail", problem.detail());
        members.put("errors", problem.errors());
        if (problem.vnic() != null) {
            members.put("vnic", problem.vnic());
        }
        return send(response, kind.status(), PROBLEM, Json.write(members));
    }

    /** What every failure of every request comes to. */
    static void failure(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            LOG.error("{} broke off", request(context), context.failure());
            context.request().connection().close();
            return;
        }
        problem(response, problem(context, cause(context.failure())));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Problem problem(RoutingContext context, @Nullable Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.problem();
        } else if (failure instanceof StoreUnavailable unavailable) {
            LOG.warn("{}: the store is unavailable: {}", request(context), unavailable.getMessage());
            return Problem.of(Problem.Kind.STORE_UNAVAILABLE, "nothing was changed: " + unavailable.getMessage());
        }
        int status = failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
        if (failure == null || failure instanceof HttpException) {
            return ofStatus(status);
        } else if (failure instanceof IllegalArgumentException && status == Problem.Kind.BAD_REQUEST.status()) {
            return ofStatus(status);
        }
        LOG.error("{} failed", request(context), failure);
        return ofStatus(Problem.Kind.INTERNAL.status());
    }

    /** Of a failure that HTTP itself has found. */
    static Problem ofStatus(int status) {
        Problem.Kind kind = Arrays.stream(Problem.Kind.values())
                .filter(each -> each.status() == status)
                .findAny()
                .orElse(status < 500 ? Problem.Kind.BAD_REQUEST : Problem.Kind.INTERNAL);
        switch (kind) {
            case NOT_FOUND:
                return Problem.of(kind, "there is nothing at this path: GET /openapi.json names all paths");
            case BAD_REQUEST:
                return Problem.of(kind, "the request line, the path or a header is not as HTTP has it");
            case INTERNAL:
                return Problem.of(kind, "this is a fault of Plugboard: its log says more");
            default:
                return Problem.of(kind, kind.title());
        }
    }

    private static String request(RoutingContext context) {
        return context.request().method() + " " + context.normalizedPath();
    }
}

package io.plugboard.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Talks to a controller as any client does. Paths are those after {@code /api/v1}. */
public final class RestClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAIT_MS = 60_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final String base;

    public RestClient(InetSocketAddress controller) {
        server = "http://" + controller.getHostString() + ":" + controller.getPort();
        base = server + "/api/v1";
    }

    /**
     * An answer of any kind.
     *
     * @param body missing where there is none
     */
    public record Answer(int status, JsonNode body) {

        /** The body of an answer that is no error. */
        public JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError("the controller answered " + status + ": " + body);
            }
            return body;
        }
    }

    public Answer get(String path) {
        return await(send("GET", path, ""));
    }

    public Answer post(String path, String body) {
        return await(send("POST", path, body));
    }

    public Answer put(String path, String body) {
        return await(send("PUT", path, body));
    }

    public Answer delete(String path) {
        return await(send("DELETE", path, ""));
    }

    /** What happens from now on. */
    public Events events() {
        return events("/events");
    }

    /** What has happened since the controller's start, the last thousand events at most, and what happens from now on. */
    public Events eventsSinceStart() {
        return events("/events?recent=1000");
    }

    private Events events(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
        HttpResponse<Stream<String>> response = await(http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()));
        return new Events(response.body());
    }

    /** What {@code /metrics} says of a series without labels. */
    public double metric(String series) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + "/metrics")).build();
        HttpResponse<Stream<String>> response = await(http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()));
        try (Stream<String> lines = response.body()) {
            return lines.filter(line -> line.startsWith(series + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** All of it in one transaction. */
    public void apply(List<Operation> operations) {
        ObjectNode body = JSON.createObjectNode();
        operations.forEach(operation -> body.withArray("operations").add(operation.json()));
        post("/transactions", body.toString()).ok();
    }

    /** Puts a vNIC, the same one again too, and returns when the switch has confirmed or refused it. */
    public JsonNode putUntilSettled(Operation vnic) {
        return await(putAndSettle(vnic)).ok();
    }

    /** Likewise, and returns at once. */
    public CompletableFuture<Answer> putAndSettle(Operation vnic) {
        return send("PUT", vnic.path() + "?wait=active&timeoutMs=" + WAIT_MS, String.valueOf(vnic.value()));
    }

    private CompletableFuture<Answer> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), parse(response.body())));
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException("no JSON: " + body, e));
        }
    }

    /** Interruptible, so that a test's time limit ends it. */
    public static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the controller", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the controller did not answer", e.getCause());
        }
    }
}

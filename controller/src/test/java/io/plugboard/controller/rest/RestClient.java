package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Speaks to the server as any client would, and holds every answer to the OpenAPI document. Header arguments are names and
 * values in turn.
 */
final class RestClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Document document;
    private final URI server;

    RestClient(int port, Document document) {
        this.document = document;
        server = URI.create("http://127.0.0.1:" + port);
    }

    record Answer(int status, java.net.http.HttpHeaders headers, String body) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException notJson) {
                throw new AssertionError(body, notJson);
            }
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, "", headers);
    }

    Answer delete(String path, String... headers) throws Exception {
        return send("DELETE", path, "", headers);
    }

    Answer put(String path, String json, String... headers) throws Exception {
        return send("PUT", path, json, withType(headers));
    }

    Answer post(String path, String json, String... headers) throws Exception {
        return send("POST", path, json, withType(headers));
    }

    CompletableFuture<Answer> putAsync(String path, String json) {
        return sendAsync("PUT", path, json);
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String json) {
        return client.sendAsync(request(method, path, json, withType()), BodyHandlers.ofString())
                .thenApply(this::answer);
    }

    /** What is at this path, as it is: only its type is held to the document. */
    HttpResponse<byte[]> file(String path) throws Exception {
        HttpResponse<byte[]> response = client.send(request("GET", path, ""), BodyHandlers.ofByteArray());
        assertThat(document.surprises(
                        "GET", URI.create(path).getPath(), new Answer(response.statusCode(), response.headers(), "")))
                .isEmpty();
        return response;
    }

    Answer send(String method, String path, String body, String... headers) throws Exception {
        return answer(client.send(request(method, path, body, headers), BodyHandlers.ofString()));
    }

    private Answer answer(HttpResponse<String> response) {
        Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
        HttpRequest request = response.request();
        assertThat(document.surprises(request.method(), request.uri().getPath(), answer))
                .as("%s %s: %s", request.method(), request.uri(), answer)
                .isEmpty();
        return answer;
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static String[] withType(String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }
}

package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads a stream of server-sent events as WHATWG HTML, 9.2.6 has it. */
final class EventReader implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BufferedReader lines;

    /** The id of the last event, or of the place where the reader began. */
    private String lastId = "";

    /** One event, as it was sent. */
    record Sent(String id, String kind, JsonNode data) {}

    private EventReader(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Follows from when it returns. Headers are names and values in turn. */
    static EventReader open(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        EventReader reader = new EventReader(response.body());
        reader.block();
        return reader;
    }

    String lastId() {
        return lastId;
    }

    /** The next event; waits for it. */
    Sent next() throws IOException {
        while (true) {
            Sent block = block();
            if (!block.data().isMissingNode()) {
                return block;
            }
        }
    }

    /** What comes up to the next empty line, a comment alone too. */
    private Sent block() throws IOException {
        String kind = "message";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line == null || !line.isEmpty(); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the server has ended the stream");
            } else if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append(line, 6, line.length());
            } else {
                assertThat(line).matches(":.*|retry: \\d+");
            }
        }
        return new Sent(lastId, kind, MAPPER.readTree(data.toString()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

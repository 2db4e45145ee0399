package io.plugboard.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** What a controller tells as server-sent events, from when it was asked. */
public final class Events implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";

    private final Stream<String> lines;
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final Deque<JsonNode> passed = new ArrayDeque<>();

    Events(Stream<String> lines) {
        this.lines = lines;
        Thread reader = new Thread(this::readAll, "events");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        try {
            lines.filter(line -> line.startsWith(DATA))
                    .map(line -> parse(line.substring(DATA.length())))
                    .forEach(told::add);
        } catch (UncheckedIOException closed) {
            // By us, or by the controller; who waits for more waits for the time limit.
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of the next event of a kind and a subject. */
    public JsonNode await(String kind, String subject) {
        try {
            while (true) {
                JsonNode event = told.take();
                passed.add(event);
                if (event.path("kind").asText().equals(kind)
                        && event.path("subject").asText().equals(subject)) {
                    return event.path("data");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("no event " + kind + " of " + subject + " after " + passed, e);
        }
    }

    /** All that has been told so far, awaited or not. */
    public List<JsonNode> soFar() {
        told.drainTo(passed);
        return new ArrayList<>(passed);
    }

    @Override
    public void close() {
        lines.close();
    }
}

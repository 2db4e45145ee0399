package io.plugboard.it.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** QEMU's monitor, for the test's own orders. */
final class Qmp implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode ENDED = JSON.createObjectNode().put("error", "QEMU has ended");

    private final SocketChannel channel;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final List<Event> events = new ArrayList<>();
    private boolean hasEnded;

    /**
     * What QEMU says unasked.
     *
     * @param time microseconds since 1970, by QEMU's clock
     */
    record Event(String name, long time, JsonNode data) {}

    Qmp(SocketChannel channel) {
        this.channel = channel;
        Thread reader = new Thread(this::readAll, "qmp");
        reader.setDaemon(true);
        reader.start();
        execute("qmp_capabilities");
    }

    private void readAll() {
        try (BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                take(JSON.readTree(line));
            }
        } catch (IOException ended) {
            // As if it had ended by itself.
        }
        answers.add(ENDED);
        synchronized (this) {
            hasEnded = true;
            notifyAll();
        }
    }

    private void take(JsonNode message) {
        if (message.has("event")) {
            JsonNode time = message.get("timestamp");
            add(new Event(
                    message.get("event").asText(),
                    time.get("seconds").asLong() * 1_000_000
                            + time.get("microseconds").asLong(),
                    message.path("data")));
        } else if (!message.has("QMP")) {
            answers.add(message);
        }
    }

    private synchronized void add(Event event) {
        events.add(event);
        notifyAll();
    }

    JsonNode execute(String command) {
        return execute(command, JsonNodeFactory.instance.objectNode());
    }

    /** What it returns. Fails with QEMU's words when it refuses. */
    JsonNode execute(String command, JsonNode arguments) {
        ObjectNode message = JSON.createObjectNode().put("execute", command);
        message.set("arguments", arguments);
        try {
            ByteBuffer octets = StandardCharsets.UTF_8.encode(message + "\n");
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            JsonNode answer = answers.take();
            if (!answer.has("return")) {
                throw new IllegalStateException(message + " was answered by " + answer);
            }
            return answer.get("return");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the answer to " + message, e);
        }
    }

    /** How many events there were: what happens from now on is found {@link #await after} this. */
    synchronized int now() {
        return events.size();
    }

    /** The first such event since then. Only the test's time limit ends it, or QEMU. */
    synchronized Event await(int mark, Predicate<Event> which) {
        int next = mark;
        while (true) {
            for (; next < events.size(); next++) {
                if (which.test(events.get(next))) {
                    return events.get(next);
                }
            }
            if (hasEnded) {
                throw new AssertionError("QEMU has ended, after " + events);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted after " + events, e);
            }
        }
    }

    Event await(int mark, String name) {
        return await(mark, event -> event.name().equals(name));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.plugboard.controller.rest;

import io.plugboard.controller.observe.Event;
import io.plugboard.controller.observe.EventLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The readers of server-sent events (WHATWG HTML, 9.2), all on one event loop. What a reader has not read yet waits in the log
 * and not here; one that is overtaken there, or reads nothing from one heartbeat to the next, is cut off.
 */
final class EventStreams {
    static final String TYPE = "text/event-stream";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int MOST_READERS = 1000;
    private static final long HEARTBEAT_MS = 15_000;
    private static final int RECONNECT_MS = 1000;
    private static final int MOST_AT_ONCE = 100;

    private final EventLog log;
    private final int mostReaders;
    private final long heartbeatMs;
    private final Set<Stream> streams = new LinkedHashSet<>();
    private final AtomicBoolean isNewsPending = new AtomicBoolean();
    private volatile @Nullable Context loop;

    EventStreams(EventLog log) {
        this(log, MOST_READERS, HEARTBEAT_MS);
    }

    EventStreams(EventLog log, int mostReaders, long heartbeatMs) {
        this.log = log;
        this.mostReaders = mostReaders;
        this.heartbeatMs = heartbeatMs;
        log.listen(this::news);
    }

    Future<?> follow(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<String> asked = parameters.query("lastEventId", text -> text);
        Optional<Integer> recent = parameters.query("recent", Parameters.between(0, EventLog.CAPACITY));
        parameters.nothingElse();
        findings.refuse();
        // A browser that reconnects sends the header to the address that it was given first.
        Optional<String> lastId =
                Optional.ofNullable(context.request().getHeader(LAST_EVENT_ID)).or(() -> asked);
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            return response.end();
        }
        if (streams.size() >= mostReaders) {
            throw new Refused(
                    Problem.of(Problem.Kind.TOO_MANY_REQUESTS, "events have " + mostReaders + " readers already"));
        }
        EventLog.Reader reader =
                lastId.map(log::resume).orElseGet(() -> recent.map(log::recent).orElseGet(log::fromNow));
        begin(context, new Stream(response, reader), lastId.orElse(""));
        return Future.succeededFuture();
    }

    private void begin(RoutingContext context, Stream stream, String lastId) {
        if (loop == null) {
            loop = context.vertx().getOrCreateContext();
            context.vertx()
                    .setPeriodic(heartbeatMs, beat -> List.copyOf(streams).forEach(Stream::beat));
        }
        streams.add(stream);
        context.addEndHandler(done -> streams.remove(stream));
        stream.response.setChunked(true);
        stream.response.drainHandler(drained -> stream.pump());
        stream.greet(lastId);
        stream.pump();
    }

    /** However much is published meanwhile, the event loop is asked once. */
    private void news() {
        Context context = loop;
        if (context != null && isNewsPending.compareAndSet(false, true)) {
            try {
                context.runOnContext(now -> {
                    isNewsPending.set(false);
                    List.copyOf(streams).forEach(Stream::pump);
                });
            } catch (RejectedExecutionException ended) {
                // The event loop has ended, and its readers with it; who publishes has nothing to do with that.
            }
        }
    }

    private final class Stream {
        private final HttpServerResponse response;
        private final EventLog.Reader reader;
        private boolean isStuck;

        Stream(HttpServerResponse response, EventLog.Reader reader) {
            this.response = response;
            this.reader = reader;
        }

        /** Says where the reader is, so that it can resume even before its first event. */
        void greet(String lastId) {
            response.write("retry: " + RECONNECT_MS + "\nid: " + reader.position() + "\n\n");
            if (reader.missedSome()) {
                String detail = "events behind this id are not known here: read everything anew";
                write(Buffer.buffer(), "gap", Json.write(Map.of("lastEventId", lastId, "detail", detail)));
            }
        }

        void pump() {
            try {
                while (streams.contains(this) && !response.closed() && !response.writeQueueFull()) {
                    List<Event> events = reader.next(MOST_AT_ONCE);
                    if (events.isEmpty()) {
                        return;
                    }
                    Buffer text = Buffer.buffer();
                    for (Event event : events) {
                        text.appendString("id: " + event.id() + "\n");
                        append(text, event.kind(), Json.write(EventView.of(event)));
                    }
                    isStuck = false;
                    response.write(text);
                }
            } catch (EventLog.Overtaken overtaken) {
                cutOff();
            }
        }

        /** Hangs up when what is under way has been read, or else when the connection has been idle for too long. */
        private void cutOff() {
            streams.remove(this);
            response.reset();
        }

        private void write(Buffer text, String kind, Buffer data) {
            append(text, kind, data);
            response.write(text);
        }

        private void append(Buffer text, String kind, Buffer data) {
            text.appendString("event: " + kind + "\ndata: ").appendBuffer(data).appendString("\n\n");
        }

        void beat() {
            if (!response.writeQueueFull()) {
                isStuck = false;
                response.write(":\n\n");
            } else if (isStuck) {
                cutOff();
            } else {
                isStuck = true;
            }
        }
    }
}

package io.plugboard.controller.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A list, written a slice at a time: the event loop has other work between two slices, and no more of the list is in memory than
 * its client has yet to read.
 */
final class ListAnswer<T> {
    private static final int SLICE = 128;

    /**
     * @param revision of the snapshot that the items are taken from
     * @param candidates in the order of the list
     * @param filter which of them are in the list
     * @param prepare what must have happened before some of them can be shown
     * @param key what the next page starts behind
     */
    record Source<T>(
            long revision,
            Iterator<T> candidates,
            Predicate<T> filter,
            Function<List<T>, Future<?>> prepare,
            Function<T, Object> view,
            Function<T, String> key) {}

    private final HttpServerResponse response;
    private final Source<T> source;
    private final int limit;
    private int written;
    private String last = "";

    private ListAnswer(HttpServerResponse response, Source<T> source, int limit) {
        this.response = response;
        this.source = source;
        this.limit = limit;
    }

    static <T> Future<?> write(RoutingContext context, Source<T> source, int limit) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        return new ListAnswer<>(response, source, limit).next(Buffer.buffer("{\"items\":["));
    }

    private Future<?> next(Buffer head) {
        List<T> slice = new ArrayList<>();
        int looked = 0;
        while (looked < SLICE
                && written + slice.size() < limit
                && source.candidates().hasNext()) {
            T candidate = source.candidates().next();
            looked++;
            if (source.filter().test(candidate)) {
                slice.add(candidate);
            }
        }
        return source.prepare().apply(slice).compose(ready -> write(head, slice));
    }

    private Future<?> write(Buffer text, List<T> slice) {
        for (T item : slice) {
            text.appendString(written == 0 ? "" : ",")
                    .appendBuffer(Json.write(source.view().apply(item)));
            last = source.key().apply(item);
            written++;
        }
        boolean more = source.candidates().hasNext();
        if (!more || written == limit) {
            text.appendString("],\"revision\":" + source.revision());
            if (more) {
                text.appendString(",\"continue\":").appendBuffer(Json.write(last));
            }
            return response.end(text.appendString("}"));
        }
        if (response.closed()) {
            return Future.succeededFuture();
        }
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        return response.write(text).compose(sent -> next(Buffer.buffer()));
    }
}

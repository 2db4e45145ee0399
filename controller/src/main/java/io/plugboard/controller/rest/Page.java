package io.plugboard.controller.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** The status page: four files, which ask for nothing but each other and the API. */
final class Page {
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> PARTS =
            Map.of("/page.css", "text/css; charset=utf-8", "/page.js", SCRIPT, "/events.js", SCRIPT);

    private final Buffer html = load("/page.html");

    /** Serves what the page itself asks for. */
    void addParts(Router router) {
        PARTS.forEach((path, type) -> {
            Buffer part = load(path);
            router.get(path).handler(context -> send(context, type, part));
        });
    }

    Future<?> get(RoutingContext context) {
        return send(context, "text/html; charset=utf-8", html);
    }

    private static Future<Void> send(RoutingContext context, String type, Buffer body) {
        HttpServerResponse response = context.response();
        return response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(body);
    }

    private static Buffer load(String path) {
        try (InputStream file = Objects.requireNonNull(Page.class.getResourceAsStream("/web" + path))) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException broken) {
            throw new IllegalStateException("/web" + path + " cannot be read", broken);
        }
    }
}

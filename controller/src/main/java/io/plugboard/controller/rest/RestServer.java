package io.plugboard.controller.rest;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.plugboard.controller.announce.AnnouncementDesk;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the REST API and the status page: one event loop, and one thread for what takes its time. */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    /** One: a large transaction, read, is some ten times as large as its text, and must be alone in memory. */
    private static final int WORKERS = 1;

    /** Longer than any request may wait. */
    private static final int IDLE_SECONDS = 90;

    private static final int START_OR_STOP_SECONDS = 30;

    private final InetSocketAddress listen;
    private final Vertx vertx;
    private final HttpServer server;

    /**
     * @param listen port 0 takes any that is free
     * @param insecure whether whoever reaches this address may use it
     * @throws IllegalArgumentException when more than this machine could reach it, and that is not asked for
     */
    public RestServer(
            InetSocketAddress listen,
            boolean insecure,
            TopologyService service,
            Switches switches,
            Hosts hosts,
            AnnouncementDesk desk,
            EventLog events,
            Metrics metrics) {
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("REST cannot listen on " + text(listen) + ": there is no such host");
        }
        if (!insecure && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("REST on " + text(listen)
                    + " could be used by the whole network, without encryption and without a token:"
                    + " listen on 127.0.0.1, or say --rest-insecure");
        }
        if (!listen.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "REST on {} can be used by the whole network, without encryption and without a token",
                    text(listen));
        }
        this.listen = listen;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(
                        new Routes(Contract.load(), service, switches, hosts, desk, events, metrics).router(vertx))
                .invalidRequestHandler(RestServer::invalid);
    }

    /**
     * Listens when it returns.
     *
     * @throws IOException when it cannot; the message names the address
     */
    public RestServer start() throws IOException {
        try {
            await(server.listen(listen.getPort(), listen.getAddress().getHostAddress()));
        } catch (IOException cause) {
            close();
            throw new IOException("REST cannot listen on " + text(listen) + ": " + cause.getMessage(), cause);
        }
        return this;
    }

    /** The port that it listens on, once started. */
    public int port() {
        return server.actualPort();
    }

    /** Ends all connections. */
    @Override
    public void close() throws IOException {
        await(vertx.close());
    }

    /** What is not even HTTP, or too long a line of it. */
    private static void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
        Problem.Kind kind = tooLong ? Problem.Kind.HEADERS_TOO_LARGE : Problem.Kind.BAD_REQUEST;
        Answers.problem(request.response(), Answers.ofStatus(kind.status()))
                .onComplete(sent -> request.connection().close());
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_OR_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException late) {
            throw new IOException("it took longer than " + START_OR_STOP_SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}

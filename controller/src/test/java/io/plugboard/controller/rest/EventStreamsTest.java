package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.observe.EventLog;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two readers at most, and a heart that beats fast. */
@Timeout(30)
class EventStreamsTest {
    private final EventLog log = new EventLog(Clock.systemUTC());
    private final EventStreams streams = new EventStreams(log, 2, 20);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.route().failureHandler(Answers::failure);
        router.route("/events").handler(context -> {
            try {
                streams.follow(context);
            } catch (Refused refused) {
                context.fail(refused);
            }
        });
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void doesNotStopWhoeverPublishesAfterTheServersEnd() throws Exception {
        try (Socket socket = ask()) {
            reader(socket).readLine();
            close();

            log.publish("put", "/vnics/web-1", "{}");
        }
    }

    private Socket ask() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void showsReadersThatItIsAlive() throws Exception {
        try (Socket socket = ask()) {
            BufferedReader lines = reader(socket);
            readTo(":", lines);
            readTo(":", lines);
        }
    }

    @Test
    void refusesMoreReadersThanItHasRoomForUntilOneHasGone() throws Exception {
        Socket first = ask();
        try (Socket second = ask()) {
            assertThat(reader(first).readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reader(second).readLine()).isEqualTo("HTTP/1.1 200 OK");
            try (Socket third = ask()) {
                assertThat(reader(third).readLine()).startsWith("HTTP/1.1 429 ");
            }
            first.close();
            String status;
            do {
                try (Socket fourth = ask()) {
                    status = reader(fourth).readLine();
                }
            } while (status.startsWith("HTTP/1.1 429 "));
            assertThat(status).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    /** The events are more than the system's buffers hold, and no more than the log keeps. */
    @Test
    void cutsOffReaderThatReadsNothing() throws Exception {
        try (Socket asleep = ask()) {
            BufferedReader slow = reader(asleep);
            assertThat(slow.readLine()).isEqualTo("HTTP/1.1 200 OK");
            String longSubject = "/" + "x".repeat(4000);
            for (int count = 1; count < EventLog.CAPACITY; count++) {
                log.publish("put", longSubject, 0);
            }
            log.publish("end", "/", 0);
            try (Socket awake = ask()) {
                BufferedReader quick = reader(awake);
                for (int beat = 0; beat < 4; beat++) {
                    readTo(":", quick);
                }
            }
            assertThat(slow.lines()).isNotEmpty().doesNotContain("event: end");
        }
    }

    private static void readTo(String wanted, BufferedReader lines) throws Exception {
        String line;
        do {
            line = lines.readLine();
            assertThat(line).isNotNull();
        } while (!line.equals(wanted));
    }
}

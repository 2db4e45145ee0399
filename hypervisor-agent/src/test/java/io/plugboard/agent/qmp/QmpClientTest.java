package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QmpClientTest {
    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop thread = threads.next();
    private final Told told = new Told();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** What a client has told. */
    private static final class Told implements QmpListener {
        private final BlockingQueue<QmpMonitor> ready = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> absences = new LinkedBlockingQueue<>();

        @Override
        public void ready(QmpMonitor monitor) {
            ready.add(monitor);
        }

        @Override
        public void event(QmpMonitor monitor, String name, JsonNode data) {
            events.add(name + " " + data);
        }

        @Override
        public void absent() {
            absences.add("absent");
        }
    }

    private QmpClient follow(Path socket, QmpListener listener) {
        QmpClient client = new QmpClient("web-1", socket, thread, listener);
        client.start();
        return client;
    }

    @AfterEach
    void end() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void negotiatesThenTakesCommandsAndTellsEvents() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told);
                FakeQemu.Connection connection = qemu.acceptAndGreet()) {
            QmpMonitor monitor = told.ready.take();
            CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(
                            () -> monitor.execute("query-status", JsonNodeFactory.instance.objectNode()), thread)
                    .thenCompose(asked -> asked);
            connection.send("{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESUME\"}");
            connection.answer("query-status", "{\"running\": true}");

            assertThat(answer.get()).hasToString("{\"running\":true}");
            assertThat(told.events.take()).startsWith("RESUME");
        }
    }

    /** Without a descriptor left there is not even a channel to connect; a QEMU is not absent for that. */
    @Test
    void triesAgainWhenNoSocketCanBeOpened() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        AtomicInteger failures = new AtomicInteger(2);
        ChannelFactory<Channel> channels = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new ChannelException("too many open files");
            }
            return new NioDomainSocketChannel();
        };
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = new QmpClient("web-1", socket, thread, told, channels)) {
            client.start();
            qemu.acceptAndGreet().close();

            told.ready.take();
            assertThat(told.absences).isEmpty();
        }
    }

    @Test
    void comesBackWhenItsPeerHasClosed() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told)) {
            qemu.acceptAndGreet().close();
            QmpMonitor first = told.ready.take();
            try (FakeQemu.Connection again = qemu.acceptAndGreet()) {
                assertThat(told.ready.take()).isNotSameAs(first);
                assertThat(told.absences).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "[]",
                "7",
                "{\"QMP\": 7}",
                "{\"return\": {}, \"id\": 1}",
                "{\"event\": \"RESUME\"}"
            })
    void leavesPeerThatDoesNotGreetAsQmp(String line) {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told)) {
            FakeQemu.Connection connection = qemu.accept();
            connection.send(line);
            connection.awaitEnd();
            qemu.accept().close();
            assertThat(told.ready).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"return\": {}, \"id\": 4711}", "{\"return\": {}}", "{\"id\": \"x\"}", "{\"event\": 7}", "{"})
    void leavesPeerThatBreaksTheProtocolLater(String line) throws Exception {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told)) {
            FakeQemu.Connection connection = qemu.acceptAndGreet();
            told.ready.take();
            connection.send(line);
            connection.awaitEnd();
            qemu.accept().close();
        }
    }

    @Test
    void leavesPeerWhoseLineNeverEnds() {
        Path socket = directory.resolve("web-1.sock");
        String kibibyte = "x".repeat(1024);
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told)) {
            FakeQemu.Connection connection = qemu.accept();
            int sent = 0;
            while (connection.sendUnended(kibibyte)) {
                sent++;
            }
            assertThat(sent).isLessThan(4 * QmpJson.MAX_LINE / 1024);
        }
    }

    @Test
    void leavesPeerThatNestsDeeplyOrSaysTooMuchAtOnce() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told)) {
            for (String line : new String[] {"[".repeat(100_000), "[" + "{},".repeat(120_000) + "{}]"}) {
                FakeQemu.Connection connection = qemu.acceptAndGreet();
                told.ready.take();
                connection.send(line);
                connection.awaitEnd();
            }
        }
    }

    @Test
    void hearsOneWhileAnotherTalksWithoutEnd() throws Exception {
        Path noisy = directory.resolve("noisy.sock");
        Path quiet = directory.resolve("quiet.sock");
        Told ofNoisy = new Told();
        try (FakeQemu talker = FakeQemu.at(noisy);
                FakeQemu qemu = FakeQemu.at(quiet);
                QmpClient unruly = follow(noisy, ofNoisy);
                QmpClient client = follow(quiet, told)) {
            FakeQemu.Connection endless = talker.acceptAndGreet();
            ofNoisy.ready.take();
            Thread talk = new Thread(() -> {
                while (endless.sendUnended("{\"event\":\"BALLOON_CHANGE\"}\n")) {
                    // It never stops by itself.
                }
            });
            talk.start();
            for (int event = 0; event < ReadingPace.LINES; event++) {
                ofNoisy.events.take();
            }
            try (FakeQemu.Connection connection = qemu.acceptAndGreet()) {
                connection.send("{\"event\": \"STOP\"}");
                assertThat(told.events.take()).startsWith("STOP");
            }
            endless.close();
            talk.join();
        }
    }

    @Test
    void saysThatNobodyListensWhereThereIsNoSocketOrAForsakenOne() throws Exception {
        Path forsaken = directory.resolve("forsaken.sock");
        FakeQemu.at(forsaken).close();
        assertThat(forsaken).exists();
        try (QmpClient client = follow(forsaken, told)) {
            told.absences.take();
        }
        Told ofMissing = new Told();
        try (QmpClient client = follow(directory.resolve("missing.sock"), ofMissing)) {
            ofMissing.absences.take();
        }
    }

    @Test
    void doesNotTakeBusyMonitorForAbsentOne() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        try (FakeQemu qemu = FakeQemu.at(socket, 1);
                QmpClient first = follow(socket, new Told());
                QmpClient second = follow(socket, new Told());
                QmpClient third = follow(socket, told)) {
            // All three come to be served in the end, and none has been told meanwhile that there is no QEMU.
            for (int served = 0; served < 3; served++) {
                qemu.acceptAndGreet();
            }
            told.ready.take();
            assertThat(told.absences).isEmpty();
        }
    }

    @Test
    void isClosedOnlyWhenNobodyListensAnyMore() throws Exception {
        Path socket = directory.resolve("web-1.sock");
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        try (FakeQemu qemu = FakeQemu.at(socket);
                QmpClient client = follow(socket, told);
                FakeQemu.Connection connection = qemu.acceptAndGreet()) {
            told.ready.take();
            deleteSocket(socket);
            thread.submit(() -> client.awaitNoLonger(() -> gone.complete(true))).get();
            connection.send("{\"event\": \"STOP\"}");
            assertThat(told.events.take()).startsWith("STOP");
            assertThat(gone).isNotDone();
            connection.close();
            assertThat(gone.get()).isTrue();
            told.absences.take();
        }
    }

    private static void deleteSocket(Path socket) throws IOException {
        Files.delete(socket);
    }
}

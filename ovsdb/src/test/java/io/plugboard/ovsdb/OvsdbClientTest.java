package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OvsdbClientTest {
    private static final String TRANSACTION = "00000000-0000-4000-8000-000000000001";

    private final RecordedListener told = new RecordedListener();
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final OvsdbClient client = new OvsdbClient(server.getLocalSocketAddress(), OvsdbLimits.defaults(), told);

    OvsdbClientTest() throws IOException {}

    @BeforeEach
    void start() {
        client.start();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private SocketDatabase accept() throws IOException {
        return new SocketDatabase(server.accept());
    }

    @Test
    void asksOnlyForWhatHasHappenedSinceTheLastConnection() throws IOException {
        try (SocketDatabase first = accept()) {
            first.tellAll(TRANSACTION);
            told.connected();
        }
        assertThat(told.disconnected()).isEqualTo("the other side has closed the connection");

        try (SocketDatabase second = accept()) {
            second.answer(second.receive("get_schema"), Database.schema().toString());
            var monitor = second.receive("monitor_cond_since");
            assertThat(monitor.at("/params/3").asText()).isEqualTo(TRANSACTION);
            second.answer(monitor, "[true,'" + TRANSACTION + "',{}]");

            assertThat(told.connected().snapshot().bridges()).containsOnlyKeys(Database.BRIDGE);
        }
    }

    @Test
    void asksForEverythingWhenTheSchemaIsAnotherOne() throws IOException {
        try (SocketDatabase first = accept()) {
            first.tellAll(TRANSACTION);
            told.connected();
        }
        told.disconnected();

        var older = Database.schema();
        older.withObject("/tables/Interface/columns").remove("ifindex");
        try (SocketDatabase second = accept()) {
            second.answer(second.receive("get_schema"), older.toString());

            assertThat(second.receive("monitor_cond_since").at("/params/3").asText())
                    .isEqualTo(Followed.NEVER);
        }
    }

    @Test
    void comesBackToServerThatWasWrong() throws IOException {
        try (SocketDatabase wrong = accept()) {
            wrong.send("nonsense");
            wrong.awaitEnd();
        }

        try (SocketDatabase right = accept()) {
            right.tellAll(TRANSACTION);
            told.connected();
        }
    }

    /** Without a descriptor left there is not even a channel to connect. */
    @Test
    void triesAgainWhenNoSocketCanBeOpened() throws IOException {
        client.close();
        AtomicInteger failures = new AtomicInteger(2);
        ChannelFactory<Channel> channels = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new ChannelException("too many open files");
            }
            return new NioSocketChannel();
        };
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                OvsdbClient poor =
                        new OvsdbClient(other.getLocalSocketAddress(), OvsdbLimits.defaults(), told, channels)) {
            poor.start();

            try (SocketDatabase database = new SocketDatabase(other.accept())) {
                database.tellAll(TRANSACTION);
                told.connected();
            }
        }
    }

    @Test
    void saysThatItHasBeenClosed() throws IOException {
        try (SocketDatabase database = accept()) {
            database.tellAll(TRANSACTION);
            told.connected();

            client.close();

            assertThat(told.disconnected()).isEqualTo("the client has been closed");
            database.awaitEnd();
        }
    }
}

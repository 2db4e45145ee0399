package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OvsdbServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String CHUNK = "x".repeat(1 << 16);

    private final RecordedListener told = new RecordedListener();
    private final List<OvsdbServer> servers = new ArrayList<>();

    private InetSocketAddress start(OvsdbLimits limits) throws IOException {
        OvsdbServer server = new OvsdbServer(ANY_PORT, Optional.empty(), limits, told);
        servers.add(server);
        server.start();
        return server.localAddress();
    }

    @AfterEach
    void close() {
        servers.forEach(OvsdbServer::close);
    }

    private static void sendUntilItEnds(SocketDatabase database, String start, String again) throws IOException {
        database.send(start);
        try {
            while (true) {
                database.send(again);
            }
        } catch (IOException ended) {
            database.awaitEnd();
        }
    }

    @Test
    void saysWhereItCannotListen() throws IOException {
        InetSocketAddress taken = start(OvsdbLimits.defaults());
        OvsdbServer second = new OvsdbServer(taken, Optional.empty(), OvsdbLimits.defaults(), told);
        servers.add(second);

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen for OVSDB on")
                .hasMessageContaining(String.valueOf(taken.getPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a':'", "{'a':[", "[", "nonsense", "{'id':1,'result':{'x':["})
    void leavesHostilePeersAndHearsTheOthers(String start) throws IOException {
        InetSocketAddress address = start(OvsdbLimits.defaults());
        try (SocketDatabase good = SocketDatabase.connect(address);
                SocketDatabase hostile = SocketDatabase.connect(address)) {
            good.tellAll(Followed.NEVER);
            OvsdbSession session = told.connected().session();

            sendUntilItEnds(hostile, start, start.equals("{'a':'") ? CHUNK : "[".repeat(1000));

            session.transact(List.of(new Operation.Comment("still here")));
            assertThat(good.receive("transact").at("/params/1/comment").asText())
                    .isEqualTo("still here");
            assertThat(told.poll()).isNull();
        }
    }

    @Test
    void leavesPeerThatAnswersNothing() throws IOException {
        InetSocketAddress address = start(OvsdbLimits.defaults().withGreeting(Duration.ofMillis(50)));
        try (SocketDatabase silent = SocketDatabase.connect(address)) {
            silent.receive("get_schema");

            silent.awaitEnd();

            assertThat(told.poll()).isNull();
        }
    }

    @Test
    void leavesPeerThatAsksAndDoesNotReadTheAnswers() throws IOException {
        InetSocketAddress address = start(OvsdbLimits.defaults());
        try (SocketDatabase deaf = SocketDatabase.connect(address)) {
            deaf.tellAll(Followed.NEVER);
            told.connected();

            sendUntilItEnds(deaf, "", "{'method':'echo','id':1,'params':['" + CHUNK + "']}");

            assertThat(told.disconnected()).isEqualTo("it asks and does not read the answers");
        }
    }

    @Test
    void turnsAwayMoreConnectionsThanThereMayBe() throws IOException {
        InetSocketAddress address = start(OvsdbLimits.defaults().withConnections(2));
        try (SocketDatabase one = SocketDatabase.connect(address);
                SocketDatabase two = SocketDatabase.connect(address)) {
            one.receive("get_schema");
            two.receive("get_schema");

            try (SocketDatabase three = SocketDatabase.connect(address)) {
                three.awaitEnd();
            }

            one.close();
            two.answer(Database.json("{'id':1}"), Database.schema().toString());
            two.receive("monitor_cond_since");
        }
    }

    @Test
    void endsEverySessionWhenItIsClosed() throws IOException {
        InetSocketAddress address = start(OvsdbLimits.defaults());
        try (SocketDatabase database = SocketDatabase.connect(address)) {
            database.tellAll(Followed.NEVER);
            OvsdbSession session = told.connected().session();

            servers.get(0).close();

            assertThat(told.disconnected()).isEqualTo("the server has been closed");
            assertThat(session.transact(List.of(new Operation.Comment("late")))).failsWithin(Duration.ofSeconds(60));
            session.close("late");
            database.awaitEnd();
        }
    }
}

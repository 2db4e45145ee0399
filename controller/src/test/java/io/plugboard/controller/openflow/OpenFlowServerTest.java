package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets. */
class OpenFlowServerTest {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MacAddress.parse("02:00:00:00:00:07"), true);
    private static final SessionLimits LIMITS = new SessionLimits(
            Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(60), 1 << 20, 250);

    private final RecordedEvents events = new RecordedEvents();
    private final OpenFlowServer server =
            new OpenFlowServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, LIMITS);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void announcesSwitchWithWhatItCanDoAndItsPorts() {
        try (FakeSwitch fake = connect()) {
            fake.shakeHands(DPID.bits(), PORT);

            Event.Connected connected = events.next(Event.Connected.class);
            SwitchConnection connection = connected.connection();
            assertThat(connection.datapathId()).isEqualTo(DPID);
            assertThat(connection.address()).startsWith("127.0.0.1:");
            assertThat(connection.profile()).isEqualTo(new SwitchProfile(254, -1L, true, true, true, true));
            assertThat(connected.ports().ports().values()).containsExactly(PORT);
        }
        assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("it closed the connection");
    }

    @Test
    void closesSilentConnectionsAndLeavesASwitchAlone() {
        try (FakeSwitch fake = connect()) {
            fake.shakeHands(DPID.bits());
            Event.Connected connected = events.next(Event.Connected.class);

            List<FakeSwitch> silent =
                    IntStream.range(0, 200).mapToObj(i -> connect()).toList();
            silent.forEach(FakeSwitch::awaitEnd);

            silent.forEach(
                    one -> assertThat(events.next(Event.HandshakeFailed.class).reason())
                            .isEqualTo("no handshake within 3000 ms"));
            CompletionStage<List<Refusal>> outcome = connected.connection().send(List.of());
            fake.send(SwitchMessages.barrierReply(fake.receive(20).xid()));
            assertThat(outcome).succeedsWithin(Duration.ofSeconds(10));
            silent.forEach(FakeSwitch::close);
        }
    }

    @Test
    void closesAMessageThatDoesNotCome() {
        try (FakeSwitch fake = connect()) {
            fake.send(new byte[] {4, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 1, 0});
            fake.awaitEnd();
        }
        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("no handshake within 3000 ms");
    }

    @Test
    void holdsNoMoreConnectionsThanItMay() {
        List<FakeSwitch> fakes = new ArrayList<>();
        for (int i = 0; i < LIMITS.sessions(); i++) {
            FakeSwitch fake = connect();
            fake.shakeHands(i + 1);
            events.next(Event.Connected.class);
            fakes.add(fake);
        }

        try (FakeSwitch tooMany = connect()) {
            tooMany.awaitEnd();
        }

        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("there are 250 connections already");
        fakes.get(0).close();
        events.next(Event.Disconnected.class);
        try (FakeSwitch inItsPlace = connect()) {
            inItsPlace.shakeHands(1);
            events.next(Event.Connected.class);
        }
        fakes.forEach(FakeSwitch::close);
    }

    @Test
    void doesNotLetASwitchThatReadsNothingHoldUpAnother() {
        List<SwitchCommand> commands = IntStream.range(0, 1_000_000)
                .<SwitchCommand>mapToObj(i -> new SwitchCommand.DeleteGroup(new GroupId(i)))
                .toList();
        try (FakeSwitch stuck = connect();
                FakeSwitch other = connect()) {
            stuck.shakeHands(1);
            SwitchConnection toStuck = events.next(Event.Connected.class).connection();
            other.shakeHands(2);
            SwitchConnection toOther = events.next(Event.Connected.class).connection();

            CompletionStage<List<Refusal>> never = toStuck.send(commands);
            CompletionStage<List<Refusal>> soon = toOther.send(List.of());
            other.send(SwitchMessages.barrierReply(other.receive(20).xid()));

            assertThat(soon).succeedsWithin(Duration.ofSeconds(10));
            assertThat(never.toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void endsWithASwitchThatAsksAndDoesNotRead() {
        try (FakeSwitch fake = connect()) {
            fake.shakeHands(1);
            events.next(Event.Connected.class);

            assertThatThrownBy(() -> {
                        while (true) {
                            fake.send(SwitchMessages.echoRequest(1, "x".repeat(60_000)));
                        }
                    })
                    .hasCauseInstanceOf(IOException.class);
        }
        assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("it asks and does not read the answers");
    }

    @Test
    void replacesASwitchWhoseConnectionIsHalfOpen() {
        try (FakeSwitch halfOpen = connect();
                FakeSwitch successor = connect()) {
            halfOpen.shakeHands(DPID.bits());
            SwitchConnection first = events.next(Event.Connected.class).connection();

            successor.shakeHands(DPID.bits());

            assertThat(events.next(Event.Disconnected.class).connection()).isEqualTo(first);
            assertThat(events.next(Event.Connected.class).connection().datapathId())
                    .isEqualTo(DPID);
        }
    }

    @Test
    void saysWhyItCannotListen() {
        OpenFlowServer second = new OpenFlowServer(server.localAddress(), events, LIMITS);

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen for OpenFlow on")
                .hasMessageContaining(String.valueOf(server.localAddress().getPort()));
        second.close();
    }

    @Test
    void tellsTheEndOfEverySessionBeforeItIsClosed() {
        try (FakeSwitch fake = connect()) {
            fake.shakeHands(DPID.bits());
            SwitchConnection connection = events.next(Event.Connected.class).connection();

            server.close();

            assertThat(events.isEmpty()).isFalse();
            assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("the controller is going down");
            assertThat(connection.send(List.of()).toCompletableFuture()).isCompletedExceptionally();
        }
    }

    private FakeSwitch connect() {
        return FakeSwitch.connect(server.localAddress());
    }
}

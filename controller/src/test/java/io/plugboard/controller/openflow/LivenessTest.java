package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.SwitchConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final Duration IDLE = SessionLimits.defaults().idle();
    private static final int ECHO_REQUEST = 2;

    private final RecordedEvents events = new RecordedEvents();
    private final EmbeddedSwitch fake = new EmbeddedSwitch(events);
    private SwitchConnection connection;

    @BeforeEach
    void connect() {
        fake.shakeHands(0xa1);
        connection = events.next(Event.Connected.class).connection();
        fake.receiveAll();
        // The handshake itself is a sign of life until the first look.
        fake.pass(IDLE);
    }

    @Test
    void asksAnIdleSwitchAndKeepsItWhenItAnswers() {
        for (int i = 0; i < 10; i++) {
            fake.pass(IDLE);
            Message request = fake.receive();
            assertThat(request.type()).isEqualTo(ECHO_REQUEST);
            fake.send(SwitchMessages.echoReply(request.xid()));
            fake.pass(IDLE);
            assertThat(fake.receiveAll()).isEmpty();
        }
        assertThat(fake.isConnected()).isTrue();
    }

    @Test
    void givesUpASwitchThatMissesTwoEchoRequests() {
        fake.pass(IDLE);
        fake.pass(IDLE);
        assertThat(fake.receiveAll()).hasSize(2).extracting(Message::type).containsOnly(ECHO_REQUEST);
        assertThat(fake.isConnected()).isTrue();

        fake.pass(IDLE);

        assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("it has not answered 2 echo requests");
        assertThat(fake.isConnected()).isFalse();
    }

    @Test
    void takesReadingForASignOfLife() {
        for (int i = 0; i < 10; i++) {
            connection.send(List.of());
            fake.receiveAll();
            fake.pass(IDLE);
        }

        assertThat(fake.isConnected()).isTrue();
    }

    @Test
    void endsWhenAQuestionStaysUnanswered() {
        CompletableFuture<?> sent = connection.send(List.of()).toCompletableFuture();
        fake.receiveAll();
        for (int i = 0; i <= 12; i++) {
            fake.send(SwitchMessages.echoRequest(i, ""));
            assertThat(sent).isNotDone();
            fake.pass(IDLE);
        }

        assertThat(events.next(Event.Disconnected.class).reason())
                .isEqualTo("it has not answered OFPT_BARRIER_REQUEST for 60 s");
        assertThatThrownBy(sent::join).cause().isInstanceOf(ConnectionLost.class);
    }

    @Test
    void asksNothingOnceTheSessionIsOver() {
        fake.close();
        fake.pass(IDLE.multipliedBy(4));

        events.next(Event.Disconnected.class);
        assertThat(events.isEmpty()).isTrue();
        assertThat(fake.receiveAll()).isEmpty();
    }
}

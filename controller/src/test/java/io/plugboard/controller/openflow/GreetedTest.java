package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session makes of messages whatever it waits for. */
class GreetedTest {
    private static final int ECHO_REPLY = 3;

    private final RecordedEvents events = new RecordedEvents();
    private final Registry registry = new Registry(10);
    private final EmbeddedSwitch fake = new EmbeddedSwitch(registry, events, SessionLimits.defaults());

    @BeforeEach
    void connect() {
        fake.shakeHands(0xa1);
        events.next(Event.Connected.class);
        fake.receiveAll();
    }

    @Test
    void answersEchoWithItsPayload() {
        fake.send(SwitchMessages.echoRequest(77, "are you there?"));

        Message reply = fake.receive();
        assertThat(reply.type()).isEqualTo(ECHO_REPLY);
        assertThat(reply.xid()).isEqualTo(77);
        assertThat(StandardCharsets.UTF_8.decode(reply.body()).toString()).isEqualTo("are you there?");
    }

    @Test
    void answersAnotherVersionWithBadVersionAndGoesOn() {
        byte[] old = SwitchMessages.echoRequest(77, "x".repeat(100));
        old[0] = 1;

        fake.send(old);
        fake.send(SwitchMessages.echoRequest(78, ""));

        Message error = fake.receive();
        assertThat(error.type()).isEqualTo(1);
        assertThat(error.xid()).isEqualTo(77);
        assertThat(error.body().getInt(0)).as("BAD_REQUEST, BAD_VERSION").isEqualTo(0x0001_0000);
        assertThat(Arrays.copyOfRange(error.octets(), 12, error.octets().length))
                .isEqualTo(Arrays.copyOf(old, 64));
        assertThat(fake.receive().type()).isEqualTo(ECHO_REPLY);
    }

    @Test
    void answersNoErrorByAnError() {
        byte[] error = SwitchMessages.error(77, 1, 1);
        error[0] = 1;

        fake.send(error);

        assertThat(fake.receiveAll()).isEmpty();
    }

    /** Types that do not exist, and those that only a controller sends. */
    @ParameterizedTest
    @ValueSource(ints = {0xcc, 30, 5, 14, 18, 20})
    void answersATypeThatNoSwitchSendsWithBadTypeAndProcessesWhatFollowsInTheSameSegment(int type) {
        byte[] unknown = SwitchMessages.message(type, 77, body -> {});
        byte[] echo = SwitchMessages.echoRequest(78, "");
        byte[] segment = Arrays.copyOf(unknown, unknown.length + echo.length);
        System.arraycopy(echo, 0, segment, unknown.length, echo.length);

        fake.send(segment);

        assertThat(fake.receive().body().getInt(0)).as("BAD_REQUEST, BAD_TYPE").isEqualTo(0x0001_0001);
        assertThat(fake.receive().xid()).isEqualTo(78);
    }

    @Test
    void passesOverWhatItCannotReadAndCountsIt() {
        long before = registry.skippedFrames();

        fake.send(SwitchMessages.message(4, 0, body -> body.putInt(0x4f4e4600).putInt(1911))); // ROLE_STATUS
        fake.send(SwitchMessages.message(4, 0, body -> body.putInt(0x2320).putInt(77)));
        fake.send(SwitchMessages.message(4, 0, body -> {}));
        fake.send(SwitchMessages.message(12, 0, body -> body.putInt(0))); // half a PORT_STATUS
        fake.send(SwitchMessages.message(21, 0x7777_7777, body -> {}));
        fake.send(SwitchMessages.echoRequest(78, ""));

        assertThat(fake.receive().xid()).isEqualTo(78);
        assertThat(registry.skippedFrames() - before).isEqualTo(5);
    }

    @Test
    void endsWithMultipartReplyThatNobodyAskedFor() {
        fake.send(SwitchMessages.multipartReply(0x7777_7777, 1, true, body -> {}));

        assertThat(events.next(Event.Disconnected.class).reason())
                .isEqualTo("it sends a multipart reply that nobody asked for");
    }

    @Test
    void endsWithReplyThatDoesNotEnd() {
        SessionLimits small = new SessionLimits(
                Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60), 100, 10);
        EmbeddedSwitch endless = new EmbeddedSwitch(new Registry(10), events, small);
        endless.receive();
        endless.send(SwitchMessages.hello(1 << 4));
        int question = endless.receive(18).xid();

        for (int part = 0; part < 7; part++) {
            endless.send(SwitchMessages.multipartReply(question, 13, true, body -> {}));
        }

        assertThat(events.next(Event.HandshakeFailed.class).reason())
                .isEqualTo("its reply to OFPMP_PORT_DESC is longer than 100 octets");
    }
}

package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitingHelloTest {
    private static final int FEATURES_REQUEST = 5;

    private final RecordedEvents events = new RecordedEvents();
    private final EmbeddedSwitch fake = new EmbeddedSwitch(events);

    @Test
    void greetsWithOpenFlow13Alone() {
        Message hello = fake.receive();

        assertThat(hello.type()).isZero();
        assertThat(hello.version()).isEqualTo(4);
        assertThat(hello.body().getInt(0)).isEqualTo(0x0001_0008);
        assertThat(hello.body().getInt(4)).isEqualTo(1 << 4);
    }

    @Test
    void goesOnWithSwitchWhoseBitmapHas13AmongOthers() {
        fake.send(ofVersion(6, SwitchMessages.hello(1 << 1 | 1 << 4 | 1 << 6)));

        assertThat(fake.receive(FEATURES_REQUEST)).isNotNull();
    }

    @Test
    void goesOnWithSwitchOfLaterVersionThatSendsNoBitmap() {
        fake.send(ofVersion(5, SwitchMessages.message(0, 1, body -> {})));

        assertThat(fake.receive(FEATURES_REQUEST)).isNotNull();
    }

    @Test
    void findsTheBitmapBehindAnElementThatItDoesNotKnow() {
        fake.send(SwitchMessages.message(
                0,
                1,
                body -> body.putShort((short) 77)
                        .putShort((short) 5)
                        .putInt(0xff00_0000)
                        .putInt(0x0001_0008)
                        .putInt(1 << 1)));

        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("it does not speak OpenFlow 1.3");
    }

    @Test
    void tellsSwitchOf10ThatTheyHaveNoVersionInCommon() {
        fake.receive();

        fake.send(ofVersion(1, SwitchMessages.message(0, 99, body -> {})));

        Message error = fake.receive();
        assertThat(error.type()).isEqualTo(1);
        assertThat(error.xid()).isEqualTo(99);
        assertThat(error.body().getInt(0)).as("HELLO_FAILED, INCOMPATIBLE").isZero();
        assertThat(StandardCharsets.US_ASCII.decode(error.body().position(4)).toString())
                .isEqualTo("OpenFlow 1.3 is spoken here");
        assertThat(fake.isConnected()).isFalse();
        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("it does not speak OpenFlow 1.3");
    }

    @Test
    void believesTheBitmapMoreThanTheHeader() {
        fake.send(ofVersion(4, SwitchMessages.hello(1 << 1 | 1 << 5)));

        assertThat(fake.isConnected()).isFalse();
    }

    @Test
    void toleratesElementOfNoLength() {
        fake.send(SwitchMessages.message(0, 1, body -> body.putInt(0x0001_0000)));

        assertThat(fake.receive(FEATURES_REQUEST)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 10, 12, 19, 21, 0xcc})
    void closesWhenSomethingElseComesFirst(int type) {
        fake.send(SwitchMessages.message(
                type, 1, body -> body.putLong(0).putLong(0).putLong(0)));

        assertThat(fake.isConnected()).isFalse();
        assertThat(events.next(Event.HandshakeFailed.class).reason())
                .isEqualTo("its first message is of type " + type + ", not HELLO");
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void reportsWhySwitchDoesNotLikeUs() {
        fake.send(SwitchMessages.error(1, 0, 0));

        assertThat(events.next(Event.HandshakeFailed.class).reason())
                .isEqualTo("it answered HELLO with OFPHFC_INCOMPATIBLE");
    }

    @Test
    void closesAfterThreeSecondsOfSilence() {
        fake.pass(Duration.ofMillis(2_999));
        assertThat(fake.isConnected()).isTrue();

        fake.pass(Duration.ofMillis(1));

        assertThat(fake.isConnected()).isFalse();
        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("no handshake within 3000 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 7})
    void closesAtMessageShorterThanItsHeader(int length) {
        fake.send(new byte[] {4, 0, 0, (byte) length, 0, 0, 0, 0});

        assertThat(fake.isConnected()).isFalse();
        assertThat(events.next(Event.HandshakeFailed.class).reason()).contains(String.valueOf(length));
    }

    @Test
    void reportsPeerThatGoesWithoutAWord() {
        fake.close();

        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("it closed the connection");
    }

    private static byte[] ofVersion(int version, byte[] message) {
        message[0] = (byte) version;
        return message;
    }
}

package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimingTest {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MacAddress.parse("02:00:00:00:00:07"), true);
    private static final Duration PROBE = SessionLimits.defaults().probe();

    private final RecordedEvents events = new RecordedEvents();
    private final Registry registry = new Registry(10);
    private final EmbeddedSwitch first = new EmbeddedSwitch(registry, events, SessionLimits.defaults());
    private final EmbeddedSwitch second = new EmbeddedSwitch(registry, events, SessionLimits.defaults());

    @BeforeEach
    void connect() {
        first.shakeHands(DPID.bits());
        events.next(Event.Connected.class);
        first.receiveAll();
        second.shakeHands(DPID.bits());
        first.turn();
    }

    @Test
    void refusesTheSecondWhileTheFirstAnswers() {
        first.send(SwitchMessages.echoReply(first.receive(2).xid()));
        first.pass(PROBE);
        second.turn();

        assertThat(events.next(Event.DuplicateRefused.class).dpid()).isEqualTo(DPID);
        assertThat(events.isEmpty()).isTrue();
        assertThat(second.isConnected()).isFalse();
        assertThat(first.isConnected()).isTrue();
    }

    @Test
    void replacesTheFirstWhenItAnswersNoProbe() {
        first.pass(PROBE);
        second.turn();
        assertThat(events.isEmpty()).isTrue();

        first.pass(PROBE);
        second.turn();

        assertThat(events.next(Event.Disconnected.class).reason())
                .isEqualTo("it does not answer, and its switch has connected anew");
        SwitchConnection successor = events.next(Event.Connected.class).connection();
        assertThat(successor.datapathId()).isEqualTo(DPID);
        assertThat(first.isConnected()).isFalse();
        assertThat(second.isConnected()).isTrue();
    }

    @Test
    void followsAtOnceWhenTheFirstGoes() {
        first.close();
        second.turn();

        events.next(Event.Disconnected.class);
        assertThat(events.next(Event.Connected.class).connection().datapathId()).isEqualTo(DPID);
    }

    @Test
    void knowsPortsThatChangeMeanwhile() {
        second.send(SwitchMessages.portStatus(0, PORT));
        first.close();
        second.turn();

        events.next(Event.Disconnected.class);
        assertThat(events.next(Event.Connected.class).ports().ports().values()).containsExactly(PORT);
    }

    @Test
    void asksTheFirstOnceForAllWhoWait() {
        EmbeddedSwitch third = new EmbeddedSwitch(registry, events, SessionLimits.defaults());
        third.shakeHands(DPID.bits());

        assertThat(first.receiveAll()).hasSize(1);
        first.pass(PROBE);
        first.pass(PROBE);
        second.turn();
        third.turn();

        events.next(Event.Disconnected.class);
        events.next(Event.Connected.class);
        assertThat(events.isEmpty()).as("the third now waits for the second").isTrue();
        assertThat(second.receive(2)).isNotNull();
    }
}

package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.openflow.RecordedEvents.Event;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final RecordedEvents events = new RecordedEvents();
    private final Registry registry = new Registry(1);

    @Test
    void hasRoomForAnotherSessionWhenTheEndOfOneIsTold() {
        EmbeddedSwitch first = connect();
        first.shakeHands(1);
        events.next(Event.Connected.class);
        events.uponEnd(() -> connect().shakeHands(2));

        first.close();

        events.next(Event.Disconnected.class);
        assertThat(events.next(Event.Connected.class).connection().datapathId().bits())
                .isEqualTo(2);
    }

    private EmbeddedSwitch connect() {
        return new EmbeddedSwitch(registry, events, SessionLimits.defaults());
    }
}

package io.plugboard.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainEventTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // libvirt 9.0, with --timestamp and without.
                "2026-11-28 05:51:01.436+0000: event STOP for domain 'web-1': <null>",
                "event STOP at 1795845061.436402 for domain 'web-1': <null>",
                // libvirt 1.2
                "event STOP at 1391212552.026544 for domain web-1: (null)"
            })
    void readsWhatEachReleaseOfVirshPrints(String line) {
        assertThat(DomainEvent.read(line)).contains(new DomainEvent("STOP", "web-1"));
    }

    @Test
    void readsDomainsThatAreNamedOddly() {
        assertThat(DomainEvent.read("2026-11-28 05:51:01.556+0000: event RESET for domain 'pb 'web': 1':"
                        + " {\"guest\":false,\"reason\":\"host-qmp-system-reset\"}"))
                .contains(new DomainEvent("RESET", "pb 'web': 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "error: failed to connect to the hypervisor", "event STOP", "events received: 3"})
    void readsNothingElse(String line) {
        assertThat(DomainEvent.read(line)).isEmpty();
    }
}

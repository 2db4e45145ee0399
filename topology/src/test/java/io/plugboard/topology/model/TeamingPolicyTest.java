package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.topology.model.TeamingPolicy.Selection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamingPolicyTest {
    private static TeamingPolicy policy(List<String> active, List<String> standby, Duration failbackDelay) {
        return new TeamingPolicy(Selection.ORIGINATING_PORT, active, standby, true, failbackDelay);
    }

    @Test
    void namesAnUplinkOnce() {
        assertThatThrownBy(() -> policy(List.of("eth0", "eth0"), List.of(), Duration.ZERO))
                .hasMessage("uplink 'eth0' is named twice");
        assertThatThrownBy(() -> policy(List.of("eth0", "eth1"), List.of("eth1"), Duration.ZERO))
                .hasMessage("uplink 'eth1' is named twice");
    }

    @Test
    void namesUplinksAsPortsAreNamed() {
        assertThatThrownBy(() -> policy(List.of(), List.of("sixteen-letters."), Duration.ZERO))
                .hasMessageContaining("not 'sixteen-letters.'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT24H"})
    void delaysAFailbackByADayAtMost(Duration delay) {
        assertThat(policy(List.of(), List.of(), delay).failbackDelay()).isEqualTo(delay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT24H0.001S"})
    void refusesAFailbackDelayThatIsNone(Duration delay) {
        assertThatThrownBy(() -> policy(List.of(), List.of(), delay))
                .hasMessage("a failback delay is 0 to 86400000 ms, not " + delay.toMillis());
    }
}

package io.plugboard.agent.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacedTest {
    private static final Duration REST = Duration.ofMillis(20);

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private int done;
    private final Paced paced = new Paced(clock.eventLoop(), REST, () -> done++);

    PacedTest() {
        clock.freezeTime();
    }

    private void pass(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runPendingTasks();
        clock.runScheduledPendingTasks();
        clock.runPendingTasks();
    }

    @Test
    void actsAtOnceAndThenOnceForAllTheTimesThatItWasDue() {
        paced.due();
        pass(0);
        assertThat(done).isEqualTo(1);
        for (int time = 0; time < 100; time++) {
            paced.due();
        }
        pass(REST.toMillis() - 1);
        assertThat(done).isEqualTo(1);
        pass(1);
        assertThat(done).isEqualTo(2);
        pass(REST.toMillis());
        assertThat(done).isEqualTo(2);
        paced.due();
        pass(0);
        assertThat(done).isEqualTo(3);
    }

    @Test
    void actsAgainAfterItHasFailed() {
        Paced failing = new Paced(clock.eventLoop(), REST, () -> {
            done++;
            throw new IllegalStateException("once");
        });
        failing.due();
        pass(0);
        pass(REST.toMillis());
        failing.due();
        pass(0);
        assertThat(done).isEqualTo(2);
    }
}

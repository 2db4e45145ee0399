package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisputesTest {
    private static final UUID ROW = new UUID(1, 1);

    private final AtomicLong clock = new AtomicLong();
    private final Disputes disputes = new Disputes(clock::get);

    @Test
    void allowsWhatIsNew() {
        assertThat(disputes.allows(ROW, "pending")).isTrue();
        disputes.wrote(ROW, "pending");
        assertThat(disputes.allows(ROW, "active")).isTrue();
        disputes.wrote(ROW, "active");
        assertThat(disputes.allows(ROW, "pending")).isTrue();
    }

    @Test
    void makesTheSameWaitOnce() {
        disputes.wrote(ROW, "active");

        assertThat(disputes.allows(ROW, "active")).isFalse();
        assertThat(disputes.await(ROW)).contains(Duration.ofMillis(50));
        assertThat(disputes.allows(ROW, "active")).isFalse();
        assertThat(disputes.await(ROW)).isEmpty();

        disputes.letGo(ROW);
        assertThat(disputes.allows(ROW, "active")).isTrue();
    }

    @Test
    void makesItWaitTwiceAsLongEachTimeAndNotForEver() {
        disputes.wrote(ROW, "active");
        assertThat(waits()).isEqualTo(Duration.ofMillis(50));
        assertThat(waits()).isEqualTo(Duration.ofMillis(100));
        assertThat(waits()).isEqualTo(Duration.ofMillis(200));
        for (int times = 0; times < 100; times++) {
            waits();
        }
        assertThat(waits()).isEqualTo(Duration.ofSeconds(5));

        disputes.wrote(ROW, "pending");
        disputes.wrote(ROW, "active");
        assertThat(waits()).isEqualTo(Duration.ofMillis(50));
    }

    private Duration waits() {
        Duration pause = disputes.await(ROW).orElseThrow();
        disputes.letGo(ROW);
        disputes.wrote(ROW, "active");
        return pause;
    }

    @Test
    void isForgottenAfterALongTimeInPeace() {
        disputes.wrote(ROW, "active");
        assertThat(waits()).isEqualTo(Duration.ofMillis(50));

        clock.addAndGet(Duration.ofSeconds(50).toNanos() - 1);
        assertThat(disputes.allows(ROW, "active")).isFalse();
        clock.incrementAndGet();
        assertThat(disputes.allows(ROW, "active")).isTrue();
        disputes.wrote(ROW, "active");
        assertThat(waits()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void isOfEachRowByItself() {
        disputes.wrote(ROW, "active");

        assertThat(disputes.allows(new UUID(1, 2), "active")).isTrue();
        assertThat(disputes.await(new UUID(1, 2))).isEmpty();
        disputes.letGo(new UUID(1, 2));
        assertThat(disputes.allows(new UUID(1, 2), "active")).isTrue();
    }

    @Test
    void forgetsRowsThatAreGone() {
        disputes.wrote(ROW, "active");
        disputes.retain(Set.of());

        assertThat(disputes.allows(ROW, "active")).isTrue();
    }
}

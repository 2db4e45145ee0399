package io.plugboard.controller.reconcile;

import java.time.Duration;

/** Pauses that double from one second to half a minute. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 5;

    private int failures;

    Duration next() {
        return Duration.ofSeconds(1L << Math.min(failures++, MOST_DOUBLINGS));
    }

    void reset() {
        failures = 0;
    }
}

package io.plugboard.agent.netns;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does something at once when it is due; and once more, after a rest, for all the times that it has become due meanwhile. That it
 * has failed once does not keep it from being done again.
 */
final class Paced {
    private final ScheduledExecutorService thread;
    private final Duration rest;
    private final Runnable action;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final AtomicBoolean isUnderWay = new AtomicBoolean();

    /** @param thread does it */
    Paced(ScheduledExecutorService thread, Duration rest, Runnable action) {
        this.thread = thread;
        this.rest = rest;
        this.action = action;
    }

    /** From any thread. */
    void due() {
        isDue.set(true);
        if (isUnderWay.compareAndSet(false, true)) {
            thread.execute(this::act);
        }
    }

    private void act() {
        isDue.set(false);
        try {
            action.run();
        } finally {
            thread.schedule(this::rested, rest.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void rested() {
        isUnderWay.set(false);
        if (isDue.get()) {
            due();
        }
    }
}

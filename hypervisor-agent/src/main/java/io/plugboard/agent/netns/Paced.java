package io.plugboard.agent.netns;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something at once when it is due; and once more, after a rest, for all the times that it has become due meanwhile. */
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
        action.run();
        thread.schedule(
                () -> {
                    isUnderWay.set(false);
                    if (isDue.get()) {
                        due();
                    }
                },
                rest.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}

package io.plugboard.controller.service;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes changes that nobody waits for: one that cannot be stored is made again a second later, until it can be. */
final class UnattendedChanges {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer;

    UnattendedChanges(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * @param change decides by what is true when its turn has come, each time anew
     * @param refused takes why it was not made, and will not be
     */
    void make(TopologyService service, String who, TopologyService.Change change, Consumer<Throwable> refused) {
        service.change(who, change).whenComplete((applied, failed) -> {
            if (failed instanceof StoreUnavailable) {
                timer.schedule(() -> make(service, who, change, refused), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            } else if (failed != null) {
                refused.accept(failed);
            }
        });
    }
}

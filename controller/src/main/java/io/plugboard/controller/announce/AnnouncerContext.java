package io.plugboard.controller.announce;

import io.plugboard.topology.model.AnnouncePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the announcers of all bridges share.
 *
 * @param rate of each bridge, in frames a second
 * @param policy goes under the port groups'
 * @param nanoTime as {@link System#nanoTime}
 * @param clock for people
 */
record AnnouncerContext(
        int rate,
        AnnouncePolicy policy,
        KnownGroups knownGroups,
        AnnouncementLog log,
        AnnouncementListener listener,
        Aftermath aftermath,
        ScheduledExecutorService timer,
        LongSupplier nanoTime,
        InstantSource clock) {

    void later(Duration pause, Runnable action) {
        try {
            timer.schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shuttingDown) {
            // Whatever was still to be announced is announced by the next process.
        }
    }
}

package io.plugboard.controller.announce;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer, and the time that it keeps: it passes when a test says so. */
final class VirtualTime extends ScheduledThreadPoolExecutor {
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private long now = 1_000;
    private long set;

    private record Alarm(long at, long number, Runnable action) {}

    VirtualTime() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        alarms.add(new Alarm(now + unit.toNanos(delay), set++, action));
        return super.schedule((Callable<Void>) () -> null, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** In nanoseconds. */
    long now() {
        return now;
    }

    /** So much time passes, and everything that is due meanwhile happens in its order. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!alarms.isEmpty() && alarms.element().at() <= end) {
            Alarm alarm = alarms.remove();
            now = Math.max(now, alarm.at());
            alarm.action().run();
        }
        now = end;
    }
}

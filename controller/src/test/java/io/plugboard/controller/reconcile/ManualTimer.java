package io.plugboard.controller.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when a test says so. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> scheduled = new ArrayList<>();

    public ManualTimer() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        scheduled.add(action);
        return super.schedule((Callable<Void>) () -> null, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** How much waits for its time. */
    int waiting() {
        return scheduled.size();
    }

    /** Everything that was waiting for its time has come. */
    public void elapse() {
        List<Runnable> due = new ArrayList<>(scheduled);
        scheduled.clear();
        due.forEach(Runnable::run);
    }
}

package io.plugboard.controller.service;

import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.AnnouncementJournal;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.reconcile.BridgeListener;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.AnnouncePolicy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Switches whose announcements go nowhere. */
final class QuietAnnouncer {
    private QuietAnnouncer() {}

    static LiveSwitches switches(ScheduledExecutorService timer, LongSupplier nanoTime) {
        return switches(Runnable::run, timer, nanoTime, BridgeListener.NOBODY);
    }

    static LiveSwitches switches(
            Executor workers, ScheduledExecutorService timer, LongSupplier nanoTime, BridgeListener listener) {
        WireReports wire = new WireReports(timer);
        Announcer announcer = announcer(workers, timer, nanoTime, wire);
        return new LiveSwitches(Topology.EMPTY, workers, timer, nanoTime, listener, announcer, wire, dpid -> List.of());
    }

    static Announcer announcer(
            Executor workers, ScheduledExecutorService timer, LongSupplier nanoTime, WireReports wire) {
        return new Announcer(
                1000,
                AnnouncePolicy.INHERITED,
                Map.of(),
                new AnnouncementJournal(new EventLog(Clock.systemUTC()), new Metrics()),
                wire,
                workers,
                timer,
                nanoTime,
                Clock.systemUTC());
    }
}

package io.plugboard.controller.service;

import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.AnnouncementJournal;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.AnnouncePolicy;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Switches whose announcements go nowhere. */
final class QuietAnnouncer {
    private QuietAnnouncer() {}

    static LiveSwitches switches(ScheduledExecutorService timer, LongSupplier nanoTime) {
        WireReports wire = new WireReports();
        Announcer announcer = new Announcer(
                1000,
                AnnouncePolicy.INHERITED,
                Map.of(),
                new AnnouncementJournal(),
                wire,
                Runnable::run,
                timer,
                nanoTime,
                Clock.systemUTC());
        return new LiveSwitches(Topology.EMPTY, Runnable::run, timer, nanoTime, announcer, wire);
    }
}

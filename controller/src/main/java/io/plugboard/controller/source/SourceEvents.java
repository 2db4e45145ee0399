package io.plugboard.controller.source;

import io.micrometer.core.instrument.Gauge;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the hosts' databases, for people: events, the log, and how many there are. */
public final class SourceEvents {
    private static final Logger log = LoggerFactory.getLogger(SourceEvents.class);

    private final EventLog events;
    private final AtomicInteger connected = new AtomicInteger();

    public SourceEvents(EventLog events, Metrics metrics) {
        this.events = events;
        Gauge.builder("plugboard.ovsdb.connected", connected, AtomicInteger::get)
                .description("Hosts whose databases are followed")
                .register(metrics.registry());
    }

    /**
     * A host's database is followed from now on.
     *
     * @param bridges how many it has
     */
    public record Connected(String host, String address, int bridges) {}

    /** A host's database cannot be heard any more; what it has said stays. */
    public record Disconnected(String host, String reason) {}

    /** A bridge was set otherwise than it must be. */
    public record Corrected(String host, List<String> settings) {}

    /** What a database says of a bridge and cannot be, all of it. */
    public record Problems(List<String> problems) {}

    /** @param news is run after each event; it must return at once */
    StatusNews statuses(Runnable news) {
        StatusNews statuses = new StatusNews(events);
        events.listen(news);
        return statuses;
    }

    void connected(HostView host, OvsdbSession session) {
        connected.incrementAndGet();
        int bridges = host.bridges().size() + host.unborn().size();
        log.info("OVSDB of host {} at {}: {} bridges", host.name(), session.remoteAddress(), bridges);
        events.publish(
                "ovsdbConnected",
                subject(host),
                new Connected(host.name(), String.valueOf(session.remoteAddress()), bridges));
    }

    void disconnected(HostView host, String reason) {
        connected.decrementAndGet();
        log.warn("OVSDB of host {}: {}; what it has said stays", host.name(), reason);
        events.publish("ovsdbDisconnected", subject(host), new Disconnected(host.name(), reason));
    }

    private static String subject(HostView host) {
        return "/ovsdb/" + host.database();
    }

    void corrected(HostView host, BridgeSaid bridge, Correction correction) {
        log.warn(
                "bridge {} ({} of host {}) is set to {}",
                bridge.dpid(),
                bridge.name(),
                host.name(),
                correction.settings());
        events.publish(
                "bridgeCorrected", "/bridges/" + bridge.dpid(), new Corrected(host.name(), correction.settings()));
    }

    void problems(DatapathId dpid, List<String> problems) {
        if (!problems.isEmpty()) {
            log.info("bridge {}: {}", dpid, problems);
        }
        events.publish("ovsdbProblems", "/bridges/" + dpid, new Problems(problems));
    }
}

package io.plugboard.controller.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.controller.announce.AnnouncementListener;
import io.plugboard.controller.announce.AnnouncementRecord;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VnicId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts announcements, and tells what comes of them as events. */
public final class AnnouncementJournal implements AnnouncementListener {
    private static final Logger log = LoggerFactory.getLogger(AnnouncementJournal.class);

    private final EventLog events;
    private final Map<AnnouncementKind, Counter> sent = new EnumMap<>(AnnouncementKind.class);
    private final Counter unusable;
    private final Timer answers;

    public AnnouncementJournal(EventLog events, Metrics metrics) {
        this.events = events;
        for (AnnouncementKind kind : AnnouncementKind.values()) {
            sent.put(
                    kind,
                    Counter.builder("plugboard.announcements")
                            .description("Frames sent in vNICs' names, and queries to their guests")
                            .tag("kind", kind.word())
                            .register(metrics.registry()));
        }
        unusable = Counter.builder("plugboard.unusable.reports")
                .description("Copies of guests' reports that could not be read")
                .register(metrics.registry());
        answers = metrics.timer("plugboard.query.answer", "From a query to the guest's first report");
    }

    private record Announced(String kind, String occasion, String bridge, String port, int vlan, int round) {}

    private record Answered(String kind, long answeredAfterMs, List<String> groups) {}

    private record Silent(String kind) {}

    private record Abandoned(String reason) {}

    /** Only the first round is an event: the others say nothing new. */
    @Override
    public void sent(AnnouncementRecord record) {
        Objects.requireNonNull(sent.get(record.kind())).increment();
        if (record.round() == 1) {
            publish(
                    "announced",
                    record.vnic(),
                    new Announced(
                            record.kind().word(),
                            record.occasion().words(),
                            record.bridge().toString(),
                            record.port(),
                            record.vlan().value(),
                            record.round()));
        }
    }

    @Override
    public void answered(AnnouncementRecord query) {
        query.answer().ifPresent(answer -> {
            answers.record(answer.after());
            publish(
                    "answered",
                    query.vnic(),
                    new Answered(
                            query.kind().word(),
                            answer.after().toMillis(),
                            answer.groups().stream().map(IpAddress::toString).toList()));
        });
    }

    @Override
    public void silent(VnicId vnic, AnnouncementKind query) {
        log.debug("vNIC '{}' has been asked for its groups ({}) and has not answered", vnic, query.word());
        publish("silent", vnic, new Silent(query.word()));
    }

    @Override
    public void abandoned(VnicId vnic, String why) {
        log.info("vNIC '{}' is not announced any further: {}", vnic, why);
        publish("abandoned", vnic, new Abandoned(why));
    }

    @Override
    public void unusable(VnicId vnic, String why) {
        unusable.increment();
        log.debug("vNIC '{}': {}", vnic, why);
    }

    private void publish(String kind, VnicId vnic, Object data) {
        events.publish(kind, "/vnics/" + vnic, data);
    }
}

package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.Emission;
import io.plugboard.compiler.announce.GuestReport;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one guest has been asked, and has answered. It is asked when copies of its answers are sure to come; what it does not
 * answer it is asked once more.
 */
final class Questions {
    private static final int MOST_GROUPS = 1024;
    private static final int ATTEMPTS = 2;

    private final List<Emission> queries;
    private final Map<Asked, Query> open = new TreeMap<>();
    private final Set<AnnouncementKind> unanswered = EnumSet.noneOf(AnnouncementKind.class);
    private boolean waiting = true;
    private int attempt;

    private record Asked(AnnouncementKind kind, VlanId vlan) implements Comparable<Asked> {
        private static final Comparator<Asked> ORDER =
                Comparator.comparing(Asked::kind).thenComparing(Asked::vlan);

        @Override
        public int compareTo(Asked other) {
            return ORDER.compare(this, other);
        }
    }

    /** The last one that was sent of a kind in a VLAN. */
    private static final class Query {
        private final long record;
        private final long sentAt;
        private Optional<Duration> answeredAfter = Optional.empty();
        private final SortedSet<IpAddress> groups = new TreeSet<>();

        Query(long record, long sentAt) {
            this.record = record;
            this.sentAt = sentAt;
        }
    }

    /** What a report has answered. */
    record Answered(long record, AnnouncementRecord.Answer answer, boolean isFirst) {}

    Questions(List<Emission> queries) {
        this.queries = List.copyOf(queries);
        queries.forEach(query -> unanswered.add(query.kind()));
    }

    boolean isEmpty() {
        return queries.isEmpty();
    }

    /** Whether they are held back until the answers are sure to come. */
    boolean isWaiting() {
        return waiting && !isEmpty();
    }

    /** Those to be sent now: all of them at first, then those of the kinds that were not answered. */
    List<Emission> ask() {
        waiting = false;
        attempt++;
        int roundsBefore =
                (attempt - 1) * queries.stream().mapToInt(Emission::round).max().orElse(0);
        return queries.stream()
                .filter(query -> unanswered.contains(query.kind()))
                .map(query -> new Emission(
                        query.kind(),
                        query.round() + roundsBefore,
                        query.offset(),
                        query.towards(),
                        query.vlan(),
                        query.frame()))
                .toList();
    }

    void sent(Emission query, long record, long now) {
        open.put(new Asked(query.kind(), query.vlan()), new Query(record, now));
    }

    /** @param vlan the segment that the report was sent in */
    Optional<Answered> answered(GuestReport.Report report, VlanId vlan, long now) {
        AnnouncementKind kind = report.version().isIgmp() ? AnnouncementKind.IGMP_QUERY : AnnouncementKind.MLD_QUERY;
        Query query = open.get(new Asked(kind, vlan));
        if (query == null) {
            return Optional.empty();
        }
        if (query.answeredAfter.isEmpty() && report.joined().isEmpty()) {
            // It says so by itself, for a second after it has left a group: no query is answered by what one is not in.
            return Optional.empty();
        }
        unanswered.remove(kind);
        boolean isFirst = query.answeredAfter.isEmpty();
        if (isFirst) {
            query.answeredAfter = Optional.of(Duration.ofNanos(now - query.sentAt));
        }
        report.joined().stream().limit(MOST_GROUPS - query.groups.size()).forEach(query.groups::add);
        query.groups.removeAll(report.left());
        return Optional.of(new Answered(
                query.record,
                new AnnouncementRecord.Answer(query.answeredAfter.orElseThrow(), new TreeSet<>(query.groups)),
                isFirst));
    }

    /** The kinds of queries that nobody has answered yet. */
    Set<AnnouncementKind> unanswered() {
        return EnumSet.copyOf(unanswered.isEmpty() ? EnumSet.noneOf(AnnouncementKind.class) : unanswered);
    }

    boolean mayAskAgain() {
        return attempt < ATTEMPTS && !unanswered.isEmpty();
    }
}

package io.plugboard.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.observe.EventLog.Overtaken;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final int CAPACITY = 4;

    private final EventLog log = new EventLog(Clock.fixed(START, ZoneOffset.UTC), CAPACITY);

    private void publish(String... subjects) {
        List.of(subjects).forEach(subject -> log.publish("put", subject, 0));
    }

    private static List<String> subjects(EventLog.Reader reader) throws Overtaken {
        return reader.next(Integer.MAX_VALUE).stream().map(Event::subject).toList();
    }

    @Test
    void tellsEventsInTheirOrderFromNowOn() throws Overtaken {
        publish("a");
        EventLog.Reader reader = log.fromNow();
        assertThat(subjects(reader)).isEmpty();
        publish("b", "c");
        assertThat(reader.next(1)).extracting(Event::subject).containsExactly("b");
        assertThat(reader.next(1)).extracting(Event::subject).containsExactly("c");
        assertThat(reader.next(1)).isEmpty();
    }

    @Test
    void resumesBehindTheEventThatWasSeenLast() throws Overtaken {
        publish("a", "b", "c");
        EventLog.Reader first = log.recent(2);
        String seen = first.next(1).get(0).id();
        EventLog.Reader resumed = log.resume(seen);
        assertThat(resumed.missedSome()).isFalse();
        assertThat(subjects(resumed)).containsExactly("c");
    }

    @Test
    void resumesWhereNothingHasHappenedYet() throws Overtaken {
        String start = log.fromNow().position();
        publish("a");
        assertThat(log.resume(start).missedSome()).isFalse();
        assertThat(subjects(log.resume(start))).containsExactly("a");
    }

    @Test
    void resumesAtTheOldestEventThatIsKeptAndNotBeforeIt() throws Overtaken {
        String start = log.fromNow().position();
        publish("a");
        String first = log.fromNow().position();
        publish("b", "c", "d", "e");
        assertThat(subjects(log.resume(first))).containsExactly("b", "c", "d", "e");
        EventLog.Reader tooLate = log.resume(start);
        assertThat(tooLate.missedSome()).isTrue();
        assertThat(subjects(tooLate)).isEmpty();
        publish("f");
        assertThat(subjects(tooLate)).containsExactly("f");
    }

    @Test
    void knowsTheIdOfAnotherProcessAsUnknown() {
        EventLog before = new EventLog(Clock.fixed(START.minusMillis(1), ZoneOffset.UTC), CAPACITY);
        publish("a");
        before.publish("put", "a", 0);
        assertThat(log.resume(before.fromNow().position()).missedSome()).isTrue();
    }

    @Test
    void takesWhatIsNoIdAsUnknown() {
        publish("a");
        String known = log.fromNow().position();
        for (String id : List.of("", "1", known + "0", known + "x", "-1", known.replace("-", "--"), "9".repeat(40))) {
            assertThat(log.resume(id).missedSome()).as(id).isTrue();
        }
    }

    @Test
    void beginsWithNoMoreThanIsKept() throws Overtaken {
        assertThat(subjects(log.recent(10))).isEmpty();
        publish("a", "b", "c", "d", "e");
        assertThat(subjects(log.recent(2))).containsExactly("d", "e");
        assertThat(subjects(log.recent(10))).containsExactly("b", "c", "d", "e");
    }

    @Test
    void endsReaderThatIsTooSlowAndNobodyElse() throws Overtaken {
        EventLog.Reader slow = log.fromNow();
        EventLog.Reader quick = log.fromNow();
        publish("a", "b", "c", "d");
        assertThat(subjects(quick)).hasSize(CAPACITY);
        publish("e");
        assertThat(subjects(quick)).containsExactly("e");
        assertThatThrownBy(() -> slow.next(1)).isInstanceOf(Overtaken.class).hasMessageContaining("missed 1 ");
    }

    @Test
    void tellsEachReaderTheSameOrderWhileManyPublish() throws Exception {
        int publishers = 4;
        int each = 500;
        EventLog large = new EventLog(Clock.fixed(START, ZoneOffset.UTC), publishers * each);
        EventLog.Reader one = large.fromNow();
        EventLog.Reader other = large.fromNow();
        CountDownLatch together = new CountDownLatch(publishers);
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int publisher = 0; publisher < publishers; publisher++) {
                String name = "publisher " + publisher;
                done.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int count = 0; count < each; count++) {
                        large.publish("put", name, count);
                    }
                    return null;
                }));
            }
            List<Event> read = new ArrayList<>();
            while (read.size() < publishers * each) {
                read.addAll(one.next(7));
            }
            for (Future<?> future : done) {
                future.get();
            }
            assertThat(other.next(Integer.MAX_VALUE)).isEqualTo(read);
            for (int publisher = 0; publisher < publishers; publisher++) {
                String name = "publisher " + publisher;
                assertThat(read)
                        .filteredOn(event -> event.subject().equals(name))
                        .extracting(Event::data)
                        .containsExactlyElementsOf(
                                IntStream.range(0, each).boxed().toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

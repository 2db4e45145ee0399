package io.plugboard.agent.keys;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbListener;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of the database what the cards say. One transaction is under way at a time: what changes meanwhile is written
 * by the next one, the newest state of it.
 */
public final class KeyWriter implements OvsdbListener {
    private static final Logger log = LoggerFactory.getLogger(KeyWriter.class);

    private static final Duration REST = Duration.ofMillis(20);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread;
    private final Map<String, List<Card>> cards = new TreeMap<>();
    private final Map<String, List<Card>> retired = new TreeMap<>();
    private Optional<OvsdbSession> session = Optional.empty();
    private Optional<Snapshot> snapshot = Optional.empty();
    private boolean isWriting;

    /** @param thread runs what it is given one after the other, in order */
    public KeyWriter(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** @param source who says so; in place of what it said before */
    public void report(String source, List<Card> now) {
        thread.execute(() -> {
            retired.remove(source);
            cards.put(source, now);
            write();
        });
    }

    /** It says no more. What it has said last is still written, where no other card has taken the place. */
    public void retire(String source) {
        thread.execute(() -> {
            List<Card> last = cards.remove(source);
            if (last != null) {
                retired.put(source, last);
                write();
            }
        });
    }

    @Override
    public void connected(OvsdbSession there, Snapshot now) {
        thread.execute(() -> {
            log.info("{}: connected", there);
            session = Optional.of(there);
            isWriting = false;
            snapshot = Optional.of(now);
            write();
        });
    }

    @Override
    public void changed(OvsdbSession there, Snapshot now) {
        thread.execute(() -> {
            snapshot = Optional.of(now);
            write();
        });
    }

    @Override
    public void disconnected(OvsdbSession there, String reason) {
        thread.execute(() -> {
            log.info("{}: {}", there, reason);
            session = Optional.empty();
            snapshot = Optional.empty();
        });
    }

    private void write() {
        if (session.isEmpty() || snapshot.isEmpty() || isWriting) {
            return;
        }
        List<Operation> changes = Wanted.of(
                Stream.of(cards, retired)
                        .flatMap(some -> some.values().stream())
                        .flatMap(List::stream)
                        .toList(),
                snapshot.get());
        if (changes.isEmpty()) {
            retired.clear();
            return;
        }
        OvsdbSession there = session.get();
        isWriting = true;
        there.transact(changes)
                .whenComplete((results, failed) -> thread.execute(() -> {
                    if (session.equals(Optional.of(there))) {
                        written(there, failure(results, failed));
                    }
                }));
    }

    private static Optional<String> failure(@Nullable List<OperationResult> results, @Nullable Throwable failed) {
        if (results == null) {
            return Optional.of(failed == null ? "no answer" : String.valueOf(failed.getMessage()));
        }
        return OperationResult.refusal(results);
    }

    /**
     * The database has told of what was written before it answers, so what is left to write is what has changed since. The
     * rest in between keeps a dispute with somebody else who writes the same keys from taking all of the machine.
     */
    private void written(OvsdbSession there, Optional<String> failure) {
        failure.ifPresent(reason -> log.warn("{} refuses what is known of guests' cards: {}", there, reason));
        Duration rest = failure.isEmpty() ? REST : REST_AFTER_FAILURE;
        thread.schedule(
                () -> {
                    if (session.equals(Optional.of(there))) {
                        isWriting = false;
                        write();
                    }
                },
                rest.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}

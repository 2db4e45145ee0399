package io.plugboard.agent;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbListener;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of the database what the cards say. One transaction is under way at a time: what changes meanwhile is written
 * by the next one, the newest state of it.
 */
final class KeyWriter implements OvsdbListener {
    private static final Logger log = LoggerFactory.getLogger(KeyWriter.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread;
    private final Map<String, List<Card>> cards = new HashMap<>();
    private Optional<OvsdbSession> session = Optional.empty();
    private Optional<Snapshot> snapshot = Optional.empty();
    private boolean isWriting;

    /** @param thread runs what it is given one after the other, in order */
    KeyWriter(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** @param source who says so; in place of what it said before */
    void report(String source, List<Card> now) {
        thread.execute(() -> {
            cards.put(source, now);
            write();
        });
    }

    /** What was written of its cards stays. */
    void forget(String source) {
        thread.execute(() -> cards.remove(source));
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
            log.warn("{}: {}", there, reason);
            session = Optional.empty();
            snapshot = Optional.empty();
        });
    }

    private void write() {
        if (session.isEmpty() || snapshot.isEmpty() || isWriting) {
            return;
        }
        List<Operation> changes =
                Wanted.of(cards.values().stream().flatMap(List::stream).toList(), snapshot.get());
        if (!changes.isEmpty()) {
            OvsdbSession there = session.get();
            isWriting = true;
            there.transact(changes)
                    .whenComplete((results, failed) -> thread.execute(() -> {
                        if (session.equals(Optional.of(there))) {
                            written(there, failure(results, failed));
                        }
                    }));
        }
    }

    private static Optional<String> failure(@Nullable List<OperationResult> results, @Nullable Throwable failed) {
        if (results == null) {
            return Optional.of(failed == null ? "no answer" : String.valueOf(failed.getMessage()));
        }
        return results.stream()
                .filter(OperationResult.Failed.class::isInstance)
                .map(OperationResult.Failed.class::cast)
                .map(wrong -> wrong.error() + ": " + wrong.details())
                .findFirst();
    }

    /** The database has told of what was written before it answers, so what is left to write is what has changed since. */
    private void written(OvsdbSession there, Optional<String> failure) {
        if (failure.isEmpty()) {
            isWriting = false;
            write();
            return;
        }
        log.warn("{} refuses what is known of guests' cards: {}", there, failure.get());
        thread.schedule(
                () -> {
                    isWriting = false;
                    write();
                },
                PAUSE.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}

package io.plugboard.controller.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Rows of one host in which something else stands than what was written there: somebody writes against us, such as another
 * controller of the same host. What is written there again waits, and each time twice as long, so that neither the database nor
 * the other rows suffer; after a while in peace it is forgotten. Belongs to the source's thread.
 */
final class Disputes {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration PEACE = LONGEST_PAUSE.multipliedBy(10);

    private final LongSupplier clock;
    private final Map<UUID, Written> rows = new HashMap<>();

    /** @param clock nanoseconds, from any time on */
    Disputes(LongSupplier clock) {
        this.clock = clock;
    }

    private enum Turn {
        THEIRS,
        WAITING,
        OURS
    }

    /** @param pause before it is written there again */
    private record Written(Object what, Duration pause, long at, Turn turn) {
        Written is(Turn other) {
            return new Written(what, pause, at, other);
        }
    }

    /** Whether this may be written to the row now. */
    boolean allows(UUID row, Object what) {
        Written last = rows.get(row);
        return last == null || !isDisputed(last, what) || last.turn() == Turn.OURS;
    }

    private boolean isDisputed(Written last, Object what) {
        return last.what().equals(what) && clock.getAsLong() - last.at() < PEACE.toNanos();
    }

    void wrote(UUID row, Object what) {
        Duration pause = Optional.ofNullable(rows.get(row))
                .filter(last -> isDisputed(last, what))
                .map(last -> longer(last.pause()))
                .orElse(FIRST_PAUSE);
        rows.put(row, new Written(what, pause, clock.getAsLong(), Turn.THEIRS));
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    /** After how long the row, to which nothing may be written now, is to be let go; empty when it waits already. */
    Optional<Duration> await(UUID row) {
        Written last = rows.get(row);
        if (last == null || last.turn() != Turn.THEIRS) {
            return Optional.empty();
        }
        rows.put(row, last.is(Turn.WAITING));
        return Optional.of(last.pause());
    }

    /** What was written there may be written again. */
    void letGo(UUID row) {
        rows.computeIfPresent(row, (uuid, last) -> last.is(Turn.OURS));
    }

    /** Other rows are not there any more. */
    void retain(Set<UUID> there) {
        rows.keySet().retainAll(there);
    }
}

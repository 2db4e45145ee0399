package io.plugboard.controller.source;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/** One connection to a host's database, and what is to be written there. Its state belongs to the source's thread. */
final class HostLink {
    private static final String INTERFACE = "Interface";

    private final OvsdbSession session;
    private final UUID database;

    /** By row; empty where nothing of ours is to stand. */
    private final Map<UUID, Optional<String>> wanted = new HashMap<>();

    /** What the database has accepted and not yet shown. */
    private final Map<UUID, Optional<String>> accepted = new HashMap<>();

    /** Rows in which something of ours is, or was, to stand: others on bridges that are not ours are none of our business. */
    private Set<UUID> ours = new HashSet<>();

    private final Disputes disputes;
    private boolean isWriting;

    /** What the database has said last, and how many times it had spoken then. */
    private record Said(int number, Snapshot snapshot) {}

    private volatile Said last;

    /** No older ones are heard. */
    private int heardUpTo;

    /** @param clock nanoseconds, from any time on */
    HostLink(OvsdbSession session, Snapshot snapshot, LongSupplier clock) {
        disputes = new Disputes(clock);
        this.session = session;
        this.database = snapshot.root().uuid();
        last = new Said(0, snapshot);
    }

    /**
     * The database says something new. On the session's thread.
     *
     * @return its number
     */
    int comes(Snapshot newest) {
        int number = last.number() + 1;
        last = new Said(number, newest);
        return number;
    }

    /** What it has said last, and is heard now. */
    Snapshot newest() {
        Said newest = last;
        heardUpTo = newest.number();
        return newest.snapshot();
    }

    /** Whether this snapshot, whose turn has come, is not older than one that was heard, nor one of more than so many that wait. */
    boolean isToBeHeard(int number, int most) {
        boolean isToBeHeard = number > heardUpTo && last.number() - number < most;
        if (isToBeHeard) {
            heardUpTo = number;
        }
        return isToBeHeard;
    }

    OvsdbSession session() {
        return session;
    }

    UUID database() {
        return database;
    }

    boolean isWriting() {
        return isWriting;
    }

    void writing(boolean now) {
        isWriting = now;
    }

    /** Its host has said something new. */
    void heard(HostView view) {
        accepted.clear();
        wanted.keySet().retainAll(view.readings().keySet());
        ours.retainAll(view.readings().keySet());
        Set<UUID> rows = new HashSet<>(view.readings().keySet());
        view.bridges().values().forEach(bridge -> rows.add(bridge.row().uuid()));
        disputes.retain(rows);
    }

    Disputes disputes() {
        return disputes;
    }

    /** @param written the rows in which something of ours stands since an earlier connection; those of this one are added */
    void goesOn(Set<UUID> written) {
        ours = written;
    }

    /** What stands in this row may have been written by an earlier process. */
    void mayBeOurs(UUID row) {
        ours.add(row);
    }

    /**
     * @param text empty when nothing is to stand there any more
     * @return whether that is news
     */
    boolean want(UUID row, Optional<String> text) {
        if (text.isPresent()) {
            // Though it may stand there already: an earlier connection has written it then.
            ours.add(row);
        }
        return ours.contains(row) && !text.equals(wanted.put(row, text));
    }

    /** Nothing is to stand there, whoever wrote it. */
    void clear(UUID row) {
        wanted.put(row, Optional.empty());
    }

    /** What differs from what stands there, by row. */
    Map<UUID, Optional<String>> differences(HostView view) {
        Map<UUID, Optional<String>> differences = new HashMap<>();
        wanted.forEach((row, text) -> {
            boolean isThere = view.readings().containsKey(row);
            Optional<String> stands = accepted.containsKey(row) ? accepted.get(row) : view.writtenState(row);
            if (isThere && !text.equals(stands)) {
                differences.put(row, text);
            }
        });
        return differences;
    }

    static List<Operation> operations(Map<UUID, Optional<String>> states) {
        List<Operation> operations = new ArrayList<>();
        states.forEach((row, text) -> operations.add(new Operation.PutKeys(
                INTERFACE,
                row,
                "external_ids",
                text.map(value -> Map.of(Keys.STATE, value)).orElse(Map.of()),
                text.isPresent() ? Set.of() : Set.of(Keys.STATE))));
        return operations;
    }

    void written(Map<UUID, Optional<String>> states) {
        accepted.putAll(states);
        states.forEach(disputes::wrote);
    }
}

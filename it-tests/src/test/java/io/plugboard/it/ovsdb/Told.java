package io.plugboard.it.ovsdb;

import io.plugboard.ovsdb.OvsdbListener;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.ovsdb.Snapshot;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** A listener that keeps what it is told, in its order. */
final class Told implements OvsdbListener {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    sealed interface Event {
        OvsdbSession session();

        record Connected(OvsdbSession session, Snapshot snapshot) implements Event {}

        record Changed(OvsdbSession session, Snapshot snapshot) implements Event {}

        record Disconnected(OvsdbSession session, String reason) implements Event {}
    }

    @Override
    public void connected(OvsdbSession session, Snapshot snapshot) {
        events.add(new Event.Connected(session, snapshot));
    }

    @Override
    public void changed(OvsdbSession session, Snapshot snapshot) {
        events.add(new Event.Changed(session, snapshot));
    }

    @Override
    public void disconnected(OvsdbSession session, String reason) {
        events.add(new Event.Disconnected(session, reason));
    }

    /** Changes before it may be another one's, and come at any time. */
    Event.Connected connected() {
        return kind(nextThatIsNoChange(), Event.Connected.class);
    }

    Event.Disconnected disconnected() {
        return kind(nextThatIsNoChange(), Event.Disconnected.class);
    }

    private Event nextThatIsNoChange() {
        Event event = take();
        while (event instanceof Event.Changed) {
            event = take();
        }
        return event;
    }

    Snapshot changed() {
        return next(Event.Changed.class).snapshot();
    }

    /** The first changed snapshot that is so. */
    Snapshot changed(Predicate<Snapshot> isSo) {
        Snapshot snapshot = changed();
        while (!isSo.test(snapshot)) {
            snapshot = changed();
        }
        return snapshot;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    private <E extends Event> E next(Class<E> kind) {
        return kind(take(), kind);
    }

    private static <E extends Event> E kind(Event event, Class<E> kind) {
        if (!kind.isInstance(event)) {
            throw new AssertionError("it was told of something else: " + event);
        }
        return kind.cast(event);
    }

    private Event take() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("nothing more is told", e);
        }
    }
}

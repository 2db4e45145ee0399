package io.plugboard.ovsdb;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it is told, in its order. */
final class RecordedListener implements OvsdbListener {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    sealed interface Event {
        record Connected(OvsdbSession session, Snapshot snapshot) implements Event {}

        record Changed(Snapshot snapshot) implements Event {}

        record Disconnected(String reason) implements Event {}
    }

    @Override
    public void connected(OvsdbSession session, Snapshot snapshot) {
        events.add(new Event.Connected(session, snapshot));
    }

    @Override
    public void changed(OvsdbSession session, Snapshot snapshot) {
        events.add(new Event.Changed(snapshot));
    }

    @Override
    public void disconnected(OvsdbSession session, String reason) {
        events.add(new Event.Disconnected(reason));
    }

    /** What has been told already; null when it is nothing. */
    @Nullable
    Event poll() {
        return events.poll();
    }

    Event.Connected connected() {
        return take(Event.Connected.class);
    }

    Snapshot changed() {
        return take(Event.Changed.class).snapshot();
    }

    String disconnected() {
        return take(Event.Disconnected.class).reason();
    }

    private <E extends Event> E take(Class<E> kind) {
        try {
            Event event = events.take();
            if (!kind.isInstance(event)) {
                throw new AssertionError("it was told of something else: " + event);
            }
            return kind.cast(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("nothing more is told", e);
        }
    }
}

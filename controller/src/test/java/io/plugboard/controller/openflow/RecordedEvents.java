package io.plugboard.controller.openflow;

import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.controller.reconcile.SwitchEvents;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What has come up from switches, in order. Waits 10 s for an event, then fails. */
public final class RecordedEvents implements SwitchEvents {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Runnable uponEnd = () -> {};

    public sealed interface Event {
        record Connected(SwitchConnection connection, Observed ports) implements Event {}

        record PortPut(SwitchConnection connection, Observed.Port port) implements Event {}

        record PortGone(SwitchConnection connection, int number) implements Event {}

        record Disconnected(SwitchConnection connection, String reason) implements Event {}

        record Complained(SwitchConnection connection, String error) implements Event {}

        record PacketCame(SwitchConnection connection, PacketIn packet) implements Event {}

        record HandshakeFailed(String address, String reason) implements Event {}

        record DuplicateRefused(DatapathId dpid, String address) implements Event {}
    }

    /** The next event, which has to be of this kind. */
    public <T extends Event> T next(Class<T> kind) {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!kind.isInstance(event)) {
                throw new AssertionError("expected " + kind.getSimpleName() + ", came " + event);
            }
            return kind.cast(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Is done while the end of a session is told. */
    void uponEnd(Runnable action) {
        uponEnd = action;
    }

    /** The events that have not been asked for. */
    public List<Event> rest() {
        List<Event> rest = new ArrayList<>();
        events.drainTo(rest);
        return rest;
    }

    /** Whether there is no event that has not been asked for. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    @Override
    public void connected(SwitchConnection connection, Observed ports) {
        events.add(new Event.Connected(connection, ports));
    }

    @Override
    public void portPut(SwitchConnection connection, Observed.Port port) {
        events.add(new Event.PortPut(connection, port));
    }

    @Override
    public void portGone(SwitchConnection connection, int number) {
        events.add(new Event.PortGone(connection, number));
    }

    @Override
    public void disconnected(SwitchConnection connection, String reason) {
        events.add(new Event.Disconnected(connection, reason));
        uponEnd.run();
    }

    @Override
    public void complained(SwitchConnection connection, String error) {
        events.add(new Event.Complained(connection, error));
    }

    @Override
    public void packetIn(SwitchConnection connection, PacketIn packet) {
        events.add(new Event.PacketCame(connection, packet));
    }

    @Override
    public void handshakeFailed(String address, String reason) {
        events.add(new Event.HandshakeFailed(address, reason));
    }

    @Override
    public void duplicateRefused(DatapathId dpid, String address) {
        events.add(new Event.DuplicateRefused(dpid, address));
    }
}

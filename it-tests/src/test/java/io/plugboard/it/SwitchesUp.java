package io.plugboard.it;

import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.controller.reconcile.SwitchEvents;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits for switches to come and go, for tests that have no reconciler. Fails after 30 s. */
final class SwitchesUp implements SwitchEvents {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<SwitchConnection> connected = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
    private final BlockingQueue<Observed> ports = new LinkedBlockingQueue<>();
    private final BlockingQueue<Observed.Port> portsPut = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> portsGone = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private final BlockingQueue<PacketIn> packets = new LinkedBlockingQueue<>();

    SwitchConnection awaitConnected() {
        return await(connected);
    }

    /** The ports that the last switch was announced with. */
    Observed awaitPorts() {
        return await(ports);
    }

    /** Why the next session ended. */
    String awaitDisconnected() {
        return await(disconnected);
    }

    Observed.Port awaitPortPut() {
        return await(portsPut);
    }

    int awaitPortGone() {
        return await(portsGone);
    }

    String awaitComplaint() {
        return await(complaints);
    }

    PacketIn awaitPacketIn() {
        return await(packets);
    }

    /** How many copies of frames have come up and have not been waited for. */
    int packetIns() {
        return packets.size();
    }

    private static <T> T await(BlockingQueue<T> queue) {
        try {
            T event = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void connected(SwitchConnection connection, Observed observed) {
        ports.add(observed);
        connected.add(connection);
    }

    @Override
    public void portPut(SwitchConnection connection, Observed.Port port) {
        portsPut.add(port);
    }

    @Override
    public void portGone(SwitchConnection connection, int number) {
        portsGone.add(number);
    }

    @Override
    public void disconnected(SwitchConnection connection, String reason) {
        disconnected.add(reason);
    }

    @Override
    public void complained(SwitchConnection connection, String error) {
        complaints.add(error);
    }

    @Override
    public void packetIn(SwitchConnection connection, PacketIn packet) {
        packets.add(packet);
    }

    @Override
    public void handshakeFailed(String address, String reason) {
        complaints.add(reason);
    }

    @Override
    public void duplicateRefused(DatapathId dpid, String address) {
        complaints.add("duplicate of " + dpid);
    }
}

package io.plugboard.bench;

import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.controller.reconcile.SwitchEvents;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Tells the controller of ports that its switches have not. Open vSwitch takes flows for any port number, and each real port
 * makes each of its loops longer, so that with thousands of them both sides of a comparison would show that alone.
 *
 * @param numbers ports 1 to this
 * @param connectedAt is given {@link System#nanoTime} of each connect
 */
record PretendedPorts(SwitchEvents controller, int numbers, LongConsumer connectedAt) implements SwitchEvents {

    @Override
    public void connected(SwitchConnection connection, Observed ports) {
        List<Observed.Port> all = new ArrayList<>(ports.ports().values());
        for (int number = 1; number <= numbers; number++) {
            all.add(new Observed.Port(number, "pretended-" + number, new MacAddress(number), true));
        }
        Observed pretended = Observed.of(all);
        connectedAt.accept(System.nanoTime());
        controller.connected(connection, pretended);
    }

    @Override
    public void portPut(SwitchConnection connection, Observed.Port port) {
        controller.portPut(connection, port);
    }

    @Override
    public void portGone(SwitchConnection connection, int number) {
        controller.portGone(connection, number);
    }

    @Override
    public void disconnected(SwitchConnection connection, String reason) {
        controller.disconnected(connection, reason);
    }

    @Override
    public void complained(SwitchConnection connection, String error) {
        controller.complained(connection, error);
    }

    @Override
    public void packetIn(SwitchConnection connection, PacketIn packet) {
        controller.packetIn(connection, packet);
    }

    @Override
    public void handshakeFailed(String address, String reason) {
        controller.handshakeFailed(address, reason);
    }

    @Override
    public void duplicateRefused(DatapathId dpid, String address) {
        controller.duplicateRefused(dpid, address);
    }
}

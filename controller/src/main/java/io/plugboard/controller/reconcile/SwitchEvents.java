package io.plugboard.controller.reconcile;

import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;

/**
 * The way up from all switches. Called on event loops: implementations hand over and return. For one session
 * {@link #connected} comes first and {@link #disconnected} last.
 */
public interface SwitchEvents {

    /** The handshake is through and the port list has been read. The switch may still not fit the pipeline. */
    void connected(SwitchConnection connection, Observed ports);

    /** A port was added or changed. */
    void portPut(SwitchConnection connection, Observed.Port port);

    /** @param number unsigned */
    void portGone(SwitchConnection connection, int number);

    void disconnected(SwitchConnection connection, String reason);

    /** An error that no command of ours caused, or one that came without being asked: the switch's own words. */
    void complained(SwitchConnection connection, String error);

    /** A copy of a frame: some flow says so. In normal operation none does. */
    void packetIn(SwitchConnection connection, PacketIn packet);

    /** A session that ended before its handshake was through, so that people can see why a switch does not appear. */
    void handshakeFailed(String address, String reason);

    /** A second session with the same datapath id was turned away while the first one is alive. */
    void duplicateRefused(DatapathId dpid, String address);
}

package io.plugboard.controller.openflow;

import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;

/**
 * What a handshake has found out.
 *
 * @param ports as they are now
 */
record Handshake(DatapathId dpid, SwitchProfile profile, Observed ports) {
    Handshake withPort(Observed.Port port) {
        return new Handshake(dpid, profile, ports.with(port));
    }

    Handshake withoutPort(int number) {
        return new Handshake(dpid, profile, ports.without(number));
    }
}

package io.plugboard.controller.observe;

import io.plugboard.topology.model.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a vNIC is doing.
 *
 * @param reason why it is not active, a sentence; empty when it is
 * @param portNumber its port's OpenFlow number, unsigned, while the bridge has the port
 * @param uplink the name of the uplink that it is pinned to
 */
public record VnicStatus(
        State state, String reason, OptionalInt portNumber, MacAddress effectiveMac, Optional<String> uplink) {

    public enum State {
        /** Something that it needs is not there yet; it becomes active by itself. */
        PENDING,
        /** The switch has confirmed its flows. */
        ACTIVE,
        /** The switch refused its flows; they are tried again. */
        FAILED
    }
}

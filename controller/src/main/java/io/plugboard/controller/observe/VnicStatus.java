package io.plugboard.controller.observe;

import io.plugboard.topology.model.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a vNIC is doing.
 *
 * @param reason why it is not active: a sentence, or the name of the block; empty when it is
 * @param portNumber its port's OpenFlow number, unsigned, while the bridge has the port
 * @param effectiveMac what its guest uses
 * @param uplink the name of the uplink that it is pinned to
 * @param mirroring whether it gets a copy of every frame of its segments
 * @param promiscuousDenied whether its guest has asked for that, and the policy rejects it
 * @param ignoredUnicast further unicast addresses that its guest wants to receive and does not
 */
public record VnicStatus(
        State state,
        String reason,
        OptionalInt portNumber,
        MacAddress effectiveMac,
        Optional<String> uplink,
        boolean mirroring,
        boolean promiscuousDenied,
        Set<MacAddress> ignoredUnicast) {

    /** Of a vNIC whose guest asks for nothing out of the ordinary. */
    public VnicStatus(
            State state, String reason, OptionalInt portNumber, MacAddress effectiveMac, Optional<String> uplink) {
        this(state, reason, portNumber, effectiveMac, uplink, false, false, Set.of());
    }

    public enum State {
        /** Something that it needs is not there yet; it becomes active by itself. */
        PENDING,
        /** The switch has confirmed its flows. */
        ACTIVE,
        /** Nothing goes in or out, for the guest uses a MAC that it must not; it ends by itself when the guest stops. */
        BLOCKED,
        /** The switch refused its flows; they are tried again. */
        FAILED
    }
}

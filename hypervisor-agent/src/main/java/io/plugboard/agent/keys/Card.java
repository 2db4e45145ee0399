package io.plugboard.agent.keys;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * A guest's network card, as far as its host can see into it, with what tells which row of the table Interface is its port.
 *
 * @param device its other end on the host, such as the tap
 * @param peerIndex the ifindex of that end
 * @param initialMac the address that it was configured with
 * @param rxFilter what its guest wants to receive; empty while no driver has said
 * @param running whether its guest runs here; empty where that means nothing
 */
public record Card(
        Optional<String> device,
        Optional<Integer> peerIndex,
        Optional<MacAddress> initialMac,
        Optional<RxFilter> rxFilter,
        Optional<Boolean> running) {
    public Card {
        Objects.requireNonNull(device);
        Objects.requireNonNull(peerIndex);
        Objects.requireNonNull(initialMac);
        Objects.requireNonNull(rxFilter);
        Objects.requireNonNull(running);
    }
}

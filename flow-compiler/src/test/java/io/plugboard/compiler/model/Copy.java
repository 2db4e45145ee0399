package io.plugboard.compiler.model;

import java.util.List;

/**
 * A copy of a frame that leaves a bridge.
 *
 * @param port unsigned
 * @param tags the VLAN ids of its tags, outermost first
 */
public record Copy(int port, List<Integer> tags) {
    public Copy {
        tags = List.copyOf(tags);
    }

    /** @param vlan 0 for none */
    static Copy tagged(int port, int vlan) {
        return new Copy(port, vlan == 0 ? List.of() : List.of(vlan));
    }
}

package io.plugboard.topology.model;

import java.util.Objects;

/** Where a vNIC is plugged in: one port of one bridge. */
public record Place(DatapathId bridge, PortRef port) {
    public Place {
        Objects.requireNonNull(bridge);
        Objects.requireNonNull(port);
    }

    @Override
    public String toString() {
        return "port " + port + " of bridge " + bridge;
    }
}

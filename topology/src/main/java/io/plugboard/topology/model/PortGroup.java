package io.plugboard.topology.model;

import java.util.Objects;

/** A named policy for vNICs, the same on every bridge. Port groups with the same VLAN share that VLAN's segment. */
public record PortGroup(PortGroupName name, VlanMode vlan) {
    public PortGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(vlan);
    }
}

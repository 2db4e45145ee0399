package io.plugboard.controller.rest;

import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.model.VlanMode;
import org.jspecify.annotations.Nullable;

/** A port group as the API shows it. */
record PortGroupView(String name, Vlan vlan, long revision) {

    record Vlan(String mode, @Nullable Integer id) {
        static Vlan of(VlanMode vlan) {
            return vlan instanceof VlanMode.Access access
                    ? new Vlan("access", access.id().value())
                    : new Vlan("untagged", null);
        }
    }

    static PortGroupView of(StoredPortGroup stored) {
        return new PortGroupView(
                stored.portGroup().name().text(), Vlan.of(stored.portGroup().vlan()), stored.revision());
    }
}

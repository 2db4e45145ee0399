package io.plugboard.controller.rest;

import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port group as the API shows it. */
record PortGroupView(String name, Vlan vlan, long revision) {

    record Vlan(String mode, @Nullable Integer id, @Nullable List<String> ids) {
        static Vlan of(VlanMode vlan) {
            if (vlan instanceof VlanMode.Access access) {
                return new Vlan("access", access.id().value(), null);
            } else if (vlan instanceof VlanMode.Trunk trunk) {
                return new Vlan(
                        "trunk",
                        null,
                        trunk.vlans().ranges().stream()
                                .map(VlanSet.Range::toString)
                                .toList());
            }
            return new Vlan("untagged", null, null);
        }
    }

    static PortGroupView of(StoredPortGroup stored) {
        return new PortGroupView(
                stored.portGroup().name().text(), Vlan.of(stored.portGroup().vlan()), stored.revision());
    }
}

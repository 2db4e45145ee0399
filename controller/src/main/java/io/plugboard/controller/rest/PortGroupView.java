package io.plugboard.controller.rest;

import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.model.PortGroup;
import org.jspecify.annotations.Nullable;

/**
 * A port group as the API shows it.
 *
 * @param teaming none when it is inherited
 * @param notifySwitches none when it is inherited
 */
record PortGroupView(
        String name,
        VlanView vlan,
        SecurityView security,
        @Nullable TeamingView teaming,
        @Nullable Boolean notifySwitches,
        AnnounceView announce,
        boolean allowLinkLocalControl,
        long revision) {

    static PortGroupView of(StoredPortGroup stored) {
        PortGroup portGroup = stored.portGroup();
        return new PortGroupView(
                portGroup.name().text(),
                VlanView.of(portGroup.vlan()),
                SecurityView.of(portGroup.security()),
                portGroup.teaming().map(TeamingView::of).orElse(null),
                portGroup.notifySwitches().orElse(null),
                AnnounceView.of(portGroup.announce()),
                portGroup.allowLinkLocalControl(),
                stored.revision());
    }
}

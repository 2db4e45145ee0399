package io.plugboard.topology.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A named policy for vNICs, the same on every bridge. Port groups with the same VLAN share that VLAN's segment.
 *
 * @param security goes over the bridge's, and a vNIC's goes over it
 * @param teaming goes over the bridge's, as a whole
 * @param notifySwitches whether physical switches are told where the vNICs are; goes over the bridge's
 * @param announce how that is done; goes over the controller's
 * @param allowLinkLocalControl whether the vNICs send and get link-local control frames (01:80:c2:00:00:0x)
 */
public record PortGroup(
        PortGroupName name,
        VlanMode vlan,
        SecurityPolicy security,
        Optional<TeamingPolicy> teaming,
        Optional<Boolean> notifySwitches,
        AnnouncePolicy announce,
        boolean allowLinkLocalControl) {
    public PortGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(vlan);
        Objects.requireNonNull(security);
        Objects.requireNonNull(teaming);
        Objects.requireNonNull(notifySwitches);
        Objects.requireNonNull(announce);
    }

    /** Everything else is inherited, and link-local control frames are dropped. */
    public PortGroup(PortGroupName name, VlanMode vlan) {
        this(name, vlan, SecurityPolicy.INHERITED, Optional.empty(), Optional.empty(), AnnouncePolicy.INHERITED, false);
    }

    public PortGroup withSecurity(SecurityPolicy other) {
        return new PortGroup(name, vlan, other, teaming, notifySwitches, announce, allowLinkLocalControl);
    }

    public PortGroup withTeaming(TeamingPolicy other) {
        return new PortGroup(name, vlan, security, Optional.of(other), notifySwitches, announce, allowLinkLocalControl);
    }

    /** Whether switches are told of its vNICs, or not. */
    public PortGroup withNotifySwitches(boolean notify) {
        return new PortGroup(name, vlan, security, teaming, Optional.of(notify), announce, allowLinkLocalControl);
    }

    public PortGroup withLinkLocalControl() {
        return new PortGroup(name, vlan, security, teaming, notifySwitches, announce, true);
    }
}

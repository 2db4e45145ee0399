package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementSubject;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.announce.Towards;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;

/** What is announced of a vNIC, as the facts of one confirmed view have it. */
final class Subjects {
    private Subjects() {}

    /** The vNIC where it is active on this bridge: its frames come and go. */
    static Optional<Plug.Plugged> active(BridgeView view, VnicId id) {
        return view.topology().seats(id, view.dpid()).stream()
                .filter(vnic -> vnic.standing() == Standing.ACTIVE && !vnic.isBlocked())
                .flatMap(vnic -> view.vnicAt(vnic.slot()).stream())
                .findFirst();
    }

    /** The port by which a frame leaves; none while the bridge has no such port. */
    static Optional<Observed.Port> port(BridgeView view, Plug.Plugged plugged, Towards towards) {
        return towards == Towards.GUEST
                ? Optional.of(plugged.port())
                : view.bridge()
                        .map(ManagedBridge::uplinks)
                        .flatMap(uplinks -> Optional.ofNullable(uplinks.get(plugged.pin())))
                        .flatMap(name -> view.observed().port(new PortRef.ByName(name)));
    }

    static AnnouncementSubject of(BridgeView view, EffectiveVnic vnic, KnownGroups groups) {
        PortGroup portGroup = view.topology().portGroupOf(vnic.attachment());
        boolean notify = portGroup
                .notifySwitches()
                .or(() -> view.bridge().map(ManagedBridge::bridge).flatMap(bridge -> bridge.notifySwitches()))
                .orElse(true);
        return new AnnouncementSubject(
                vnic.effectiveMac(),
                vnic.vlan(),
                vnic.attachment().vnic().addresses(),
                vnic.attachment().rxFilter().flatMap(RxFilter::vlans),
                vnic.allMulticast(),
                vnic.multicast(),
                groups.of(vnic.attachment()),
                notify);
    }

    /** @param usual the controller's */
    static AnnounceSettings settings(BridgeView view, EffectiveVnic vnic, AnnouncePolicy usual) {
        return view.topology()
                .portGroupOf(vnic.attachment())
                .announce()
                .over(usual)
                .settings();
    }

    static Occasion occasion(Placement placement) {
        switch (placement.cause()) {
            case ATTACHED:
                return Occasion.FIRST_ATTACH;
            case MIGRATED:
                return Occasion.MIGRATION;
            case REPINNED:
                return Occasion.RE_PIN;
            case MAC_CHANGED:
                return Occasion.MAC_CHANGE;
        }
        throw new AssertionError(placement);
    }
}

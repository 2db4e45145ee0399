package io.plugboard.compiler.model;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What one vNIC may do and gets, concluded from what was said of it. */
final class ModelVnic {
    private static final int MAX_FURTHER_UNICAST = 16;

    private final Seat seat;
    private final Attachment attachment;
    private final PortGroup portGroup;
    private final SecurityPolicy bridgeDefault;
    private final Set<MacAddress> initialMacsOfOthers;
    private final MacAddress initialMac;
    private final MacAddress effectiveMac;
    private final boolean isBlocked;
    private final Set<MacAddress> sharedMacs;

    /** @param initialMacsOfOthers those of all other vNICs that the bridge knows and with which it has a VLAN in common */
    ModelVnic(Seat seat, PortGroup portGroup, SecurityPolicy bridgeDefault, Set<MacAddress> initialMacsOfOthers) {
        this.seat = seat;
        attachment = seat.attachment();
        this.portGroup = portGroup;
        this.bridgeDefault = bridgeDefault;
        this.initialMacsOfOthers = initialMacsOfOthers;
        initialMac = attachment.vnic().mac();
        effectiveMac = attachment.rxFilter().map(RxFilter::mac).orElse(initialMac);
        isBlocked = usesAnotherMac()
                && (!accepts(SecurityPolicy::macAddressChanges) || initialMacsOfOthers.contains(effectiveMac));
        sharedMacs = sharedMacs();
    }

    /** Each setting by itself: the vNIC's own, else its port group's, else its bridge's, else reject. */
    private boolean accepts(Function<SecurityPolicy, Optional<Setting>> setting) {
        for (SecurityPolicy policy : List.of(attachment.vnic().security(), portGroup.security(), bridgeDefault)) {
            Optional<Setting> given = setting.apply(policy);
            if (given.isPresent()) {
                return given.get() == Setting.ACCEPT;
            }
        }
        return false;
    }

    private Set<MacAddress> sharedMacs() {
        Set<MacAddress> shared = new HashSet<>(attachment.vnic().allowedMacs());
        shared.add(effectiveMac);
        attachment
                .rxFilter()
                .map(RxFilter::unicast)
                .filter(further -> accepts(SecurityPolicy::macAddressChanges))
                .ifPresent(further -> further.stream()
                        .filter(mac -> !mac.equals(initialMac) && !initialMacsOfOthers.contains(mac))
                        .limit(MAX_FURTHER_UNICAST)
                        .forEach(shared::add));
        shared.remove(initialMac);
        return shared;
    }

    private boolean usesAnotherMac() {
        return !effectiveMac.equals(initialMac);
    }

    VlanSet vlans() {
        return portGroup.vlan().vlans();
    }

    boolean isIn(int vlan) {
        return vlans().contains(new VlanId(vlan));
    }

    /** The VLAN that a frame with at most one tag is in when the guest sends it; empty where it may not be sent so. */
    OptionalInt vlanOf(List<Integer> tags) {
        int tag = tags.isEmpty() ? 0 : tags.get(0);
        if (portGroup.vlan() instanceof VlanMode.Trunk) {
            return tag <= VlanId.MAX && isIn(tag) ? OptionalInt.of(tag) : OptionalInt.empty();
        }
        return tag == 0 ? OptionalInt.of(vlans().first().value()) : OptionalInt.empty();
    }

    /** The tag with which the guest gets a frame of this VLAN, 0 for none. */
    int tagOf(int vlan) {
        return portGroup.vlan() instanceof VlanMode.Trunk ? vlan : 0;
    }

    boolean maySendFrom(MacAddress source) {
        return source.equals(effectiveMac)
                || attachment.vnic().allowedMacs().contains(source)
                || accepts(SecurityPolicy::forgedTransmits);
    }

    /** Such a frame is neither sent nor got where its port group keeps link-local control frames away. */
    boolean mayExchange(ModelFrame frame) {
        return portGroup.allowLinkLocalControl() || !frame.destination().isLinkLocalControl();
    }

    /** Nothing in, nothing out. */
    boolean isBlocked() {
        return isBlocked;
    }

    /** Frames to its initial MAC are for it, and for nobody else. */
    boolean receivesAtInitialMac() {
        return !isBlocked && !usesAnotherMac();
    }

    MacAddress initialMac() {
        return initialMac;
    }

    /** Whether a frame to this address, which is no vNIC's own, is for it among others. */
    boolean wants(MacAddress destination) {
        if (destination.equals(MacAddress.BROADCAST)) {
            return true;
        }
        return destination.isGroup()
                ? attachment
                        .rxFilter()
                        .map(filter -> filter.overflows() || filter.multicast().contains(destination))
                        .orElse(true)
                : sharedMacs.contains(destination);
    }

    boolean isMulticastRouter() {
        return attachment.vnic().multicastRouter();
    }

    boolean isMirror() {
        return accepts(SecurityPolicy::promiscuousMode)
                && attachment.rxFilter().map(RxFilter::promiscuous).orElse(false);
    }

    Seat.Standing standing() {
        return seat.standing();
    }

    UplinkPin pin() {
        return seat.pin();
    }

    /** Whether a frame to its own MAC is for it when it comes in by this uplink. */
    boolean takesUnicastFrom(UplinkPin uplink) {
        return seat.uplinks().contains(uplink);
    }
}

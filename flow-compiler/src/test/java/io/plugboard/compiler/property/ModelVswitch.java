package io.plugboard.compiler.property;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The switch as its users are promised it, in plain Java: who gets a frame, from the facts alone. It knows no flow, no group
 * and nothing of the compiler, so that the two can be held against each other.
 */
final class ModelVswitch {
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;
    private static final int IGMP = 2;
    private static final int ICMPV6 = 58;
    /** Query, version 1 report, done, version 2 report. */
    private static final Set<Integer> MLD_TYPES = Set.of(130, 131, 132, 143);

    private static final long LINK_LOCAL_PREFIX = 0x0180_c200_000L;
    private static final int UNTAGGED = 0;
    private static final int RESERVED = 4095;
    private static final int MOST_UNICAST = 16;
    private static final int MOST_MULTICAST = 1024;

    private final Map<Integer, Guest> guests = new HashMap<>();
    private final Map<Integer, UplinkPin> uplinks = new HashMap<>();

    /** A vNIC that has its port, and what its guest and its policies make of it. */
    private record Guest(
            int port,
            Attachment attachment,
            PortGroup portGroup,
            SecurityPolicy security,
            Set<MacAddress> ownedByOthers) {

        MacAddress initial() {
            return attachment.vnic().mac();
        }

        MacAddress effective() {
            return filter().map(RxFilter::mac).orElse(initial());
        }

        Optional<RxFilter> filter() {
            return attachment.rxFilter();
        }

        boolean hasChanged() {
            return !effective().equals(initial());
        }

        boolean isBlocked() {
            return hasChanged() && (!security.acceptsMacAddressChanges() || ownedByOthers.contains(effective()));
        }

        boolean isTrunk() {
            return portGroup.vlan() instanceof VlanMode.Trunk;
        }

        boolean isIn(int vlan) {
            return portGroup.vlan().vlans().contains(new VlanId(vlan));
        }

        boolean maySendFrom(MacAddress mac) {
            return security.acceptsForgedTransmits()
                    || mac.equals(effective())
                    || !mac.equals(initial()) && attachment.vnic().allowedMacs().contains(mac);
        }

        boolean holds(MacAddress mac) {
            if (mac.equals(initial())) {
                return false;
            }
            return mac.equals(effective())
                    || attachment.vnic().allowedMacs().contains(mac)
                    || security.acceptsMacAddressChanges() && honouredUnicast().contains(mac);
        }

        private Set<MacAddress> honouredUnicast() {
            Set<MacAddress> honoured = new HashSet<>();
            filter().ifPresent(known -> known.unicast().stream()
                    .filter(mac -> !mac.equals(initial()) && !ownedByOthers.contains(mac))
                    .limit(MOST_UNICAST)
                    .forEach(honoured::add));
            return honoured;
        }

        boolean wants(MacAddress group) {
            return filter().isEmpty()
                    || filter().get().allMulticast()
                    || filter().get().multicast().size() > MOST_MULTICAST
                    || filter().get().multicast().contains(group);
        }

        boolean isMirror() {
            return filter().map(RxFilter::promiscuous).orElse(false) && security.acceptsPromiscuousMode();
        }

        boolean maySee(MacAddress to) {
            return !isLinkLocalControl(to) || portGroup.allowLinkLocalControl();
        }
    }

    /**
     * @param vlans the ids of the tags, outermost first
     * @param ipProtocol and the type are 0 where the frame has none
     */
    record Sent(
            int port,
            MacAddress to,
            MacAddress from,
            List<Integer> vlans,
            int etherType,
            int ipProtocol,
            int icmpv6Type) {}

    /** @param vlans the ids of the tags, outermost first */
    record Received(int port, List<Integer> vlans) {}

    ModelVswitch(Topology topology, DatapathId dpid, Observed observed, Set<VnicId> withheld) {
        if (topology.bridge(dpid).isEmpty()) {
            return;
        }
        topology.bridge(dpid)
                .get()
                .uplinks()
                .forEach((pin, name) ->
                        observed.port(new PortRef.ByName(name)).ifPresent(port -> uplinks.put(port.number(), pin)));
        List<Attachment> here = topology.attachments().values().stream()
                .filter(attachment -> attachment.vnic().place().bridge().equals(dpid))
                .toList();
        Set<PortRef> named = Set.copyOf(here.stream()
                .map(attachment -> attachment.vnic().place().port())
                .toList());
        Bridge bridge = topology.bridge(dpid).get().bridge();
        for (Attachment attachment : here) {
            PortRef ref = attachment.vnic().place().port();
            Optional<Observed.Port> port = observed.port(ref);
            boolean isAnothers = ref instanceof PortRef.ByNumber
                    && port.filter(found -> uplinks.containsKey(found.number())
                                    || named.contains(new PortRef.ByName(found.name())))
                            .isPresent();
            if (port.isPresent() && !isAnothers && !withheld.contains(attachment.id())) {
                PortGroup portGroup = topology.portGroupOf(attachment);
                SecurityPolicy security =
                        attachment.vnic().security().over(portGroup.security()).over(bridge.security());
                int number = port.get().number();
                guests.put(
                        number, new Guest(number, attachment, portGroup, security, owned(topology, here, attachment)));
            }
        }
    }

    private static Set<MacAddress> owned(Topology topology, List<Attachment> here, Attachment by) {
        Set<MacAddress> owned = new HashSet<>();
        here.stream()
                .filter(other -> !other.id().equals(by.id()))
                .filter(other -> topology.portGroupOf(other)
                        .vlan()
                        .vlans()
                        .intersects(topology.portGroupOf(by).vlan().vlans()))
                .forEach(other -> owned.add(other.vnic().mac()));
        return owned;
    }

    /** Everybody who gets this frame. */
    List<Received> receivers(Sent frame) {
        Guest sender = guests.get(frame.port());
        UplinkPin uplink = uplinks.get(frame.port());
        if (frame.from().isGroup() || sender == null && uplink == null) {
            return List.of();
        }
        Optional<Integer> vlan = sender == null ? vlan(frame) : vlan(sender, frame);
        if (vlan.isEmpty()) {
            return List.of();
        }
        return sender == null ? fromUplink(uplink, vlan.get(), frame) : fromGuest(sender, vlan.get(), frame);
    }

    private static Optional<Integer> vlan(Sent frame) {
        if (frame.vlans().size() > 1) {
            return Optional.empty();
        }
        return Optional.of(frame.vlans().isEmpty() ? UNTAGGED : frame.vlans().get(0))
                .filter(vlan -> vlan != RESERVED);
    }

    private static Optional<Integer> vlan(Guest sender, Sent frame) {
        Optional<Integer> vlan = vlan(frame);
        return sender.isTrunk()
                ? vlan.filter(sender::isIn)
                : vlan.filter(id -> id == UNTAGGED)
                        .map(id -> sender.portGroup().vlan().vlans().first().value());
    }

    private List<Received> fromGuest(Guest sender, int vlan, Sent frame) {
        if (sender.isBlocked() || !sender.maySee(frame.to()) || !sender.maySendFrom(frame.from())) {
            return List.of();
        }
        boolean isReport =
                isMembership(frame) && !sender.attachment().vnic().multicastRouter() && !isLinkLocalControl(frame.to());
        if (!isReport && isSomebodysOwn(vlan, frame.to())) {
            return toOwner(vlan, frame, sender.port(), guest -> true);
        }
        List<Received> receivers = copies(
                vlan,
                frame.to(),
                sender.port(),
                isReport ? guest -> guest.attachment().vnic().multicastRouter() : guest -> isMeant(guest, frame.to()));
        uplinks.forEach((port, pin) -> {
            if (pin.equals(sender.attachment().pin())) {
                receivers.add(new Received(port, tags(vlan)));
            }
        });
        return receivers;
    }

    private List<Received> fromUplink(UplinkPin uplink, int vlan, Sent frame) {
        boolean isReflection = segment(vlan)
                .anyMatch(guest -> !guest.isBlocked() && guest.initial().equals(frame.from()));
        if (isReflection) {
            return List.of();
        }
        Predicate<Guest> isPinnedHere = guest -> guest.attachment().pin().equals(uplink);
        if (isSomebodysOwn(vlan, frame.to())) {
            return toOwner(vlan, frame, frame.port(), isPinnedHere);
        }
        return segment(vlan)
                .filter(guest -> !guest.isBlocked() && isPinnedHere.test(guest) && guest.maySee(frame.to()))
                .filter(guest -> guest.isMirror() || isMeant(guest, frame.to()))
                .map(guest -> to(guest, vlan))
                .toList();
    }

    /** To the one who owns the address, and to every mirror of the segment; to nobody where the owner does not get it. */
    private List<Received> toOwner(int vlan, Sent frame, int from, Predicate<Guest> isWithinReach) {
        boolean arrives = segment(vlan)
                .filter(guest -> guest.initial().equals(frame.to()))
                .allMatch(guest -> !guest.isBlocked() && !guest.hasChanged() && isWithinReach.test(guest));
        return arrives ? copies(vlan, frame.to(), from, guest -> guest.initial().equals(frame.to())) : List.of();
    }

    private List<Received> copies(int vlan, MacAddress to, int from, Predicate<Guest> isMeant) {
        return new ArrayList<>(segment(vlan)
                .filter(guest -> guest.port() != from && !guest.isBlocked() && guest.maySee(to))
                .filter(guest -> guest.isMirror() || isMeant.test(guest))
                .map(guest -> to(guest, vlan))
                .toList());
    }

    private static boolean isMeant(Guest guest, MacAddress to) {
        return to.equals(MacAddress.BROADCAST) || (to.isGroup() ? guest.wants(to) : guest.holds(to));
    }

    private boolean isSomebodysOwn(int vlan, MacAddress mac) {
        return segment(vlan).anyMatch(guest -> guest.initial().equals(mac));
    }

    private Stream<Guest> segment(int vlan) {
        return guests.values().stream().filter(guest -> guest.isIn(vlan));
    }

    private static Received to(Guest guest, int vlan) {
        return new Received(guest.port(), guest.isTrunk() ? tags(vlan) : List.of());
    }

    private static List<Integer> tags(int vlan) {
        return vlan == UNTAGGED ? List.of() : List.of(vlan);
    }

    private static boolean isMembership(Sent frame) {
        return frame.etherType() == ETHER_TYPE_IPV4 && frame.ipProtocol() == IGMP
                || frame.etherType() == ETHER_TYPE_IPV6
                        && frame.ipProtocol() == ICMPV6
                        && MLD_TYPES.contains(frame.icmpv6Type());
    }

    private static boolean isLinkLocalControl(MacAddress mac) {
        return mac.bits() >>> 4 == LINK_LOCAL_PREFIX;
    }
}

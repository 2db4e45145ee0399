package io.plugboard.compiler.property;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Map<Integer, Guest> guests = new HashMap<>();
    private final Map<Integer, UplinkPin> uplinks = new HashMap<>();

    private record Guest(int port, MacAddress mac, int vlan, UplinkPin pin) {}

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
        for (Attachment attachment : here) {
            PortRef ref = attachment.vnic().place().port();
            Optional<Observed.Port> port = observed.port(ref);
            boolean isAnothers = ref instanceof PortRef.ByNumber
                    && port.filter(found -> uplinks.containsKey(found.number())
                                    || named.contains(new PortRef.ByName(found.name())))
                            .isPresent();
            if (port.isPresent() && !isAnothers && !withheld.contains(attachment.id())) {
                int number = port.get().number();
                guests.put(
                        number,
                        new Guest(
                                number,
                                attachment.vnic().mac(),
                                topology.segmentOf(attachment).value(),
                                attachment.pin()));
            }
        }
    }

    /** Everybody who gets this frame. */
    List<Received> receivers(Sent frame) {
        if (isLinkLocalControl(frame.to()) || frame.from().isGroup()) {
            return List.of();
        }
        Guest sender = guests.get(frame.port());
        UplinkPin uplink = uplinks.get(frame.port());
        if (sender != null) {
            return fromGuest(sender, frame);
        }
        return uplink == null ? List.of() : fromUplink(uplink, frame);
    }

    private List<Received> fromGuest(Guest sender, Sent frame) {
        boolean untaggedOrPriorityTagged =
                frame.vlans().isEmpty() || frame.vlans().equals(List.of(0));
        if (!untaggedOrPriorityTagged || !frame.from().equals(sender.mac())) {
            return List.of();
        }
        if (isMembership(frame)) {
            return outOfTheUplinkOf(sender);
        }
        Optional<Guest> owner = owner(sender.vlan(), frame.to());
        if (owner.isPresent()) {
            return owner.filter(receiver -> !receiver.equals(sender))
                    .map(ModelVswitch::to)
                    .map(List::of)
                    .orElse(List.of());
        }
        List<Received> receivers = new ArrayList<>(outOfTheUplinkOf(sender));
        if (frame.to().isGroup()) {
            segment(sender.vlan())
                    .filter(guest -> !guest.equals(sender))
                    .map(ModelVswitch::to)
                    .forEach(receivers::add);
        }
        return receivers;
    }

    private List<Received> fromUplink(UplinkPin uplink, Sent frame) {
        if (frame.vlans().size() > 1) {
            return List.of();
        }
        int vlan = frame.vlans().isEmpty() ? UNTAGGED : frame.vlans().get(0);
        if (owner(vlan, frame.from()).isPresent()) {
            return List.of();
        }
        return segment(vlan)
                .filter(guest -> guest.pin().equals(uplink))
                .filter(guest -> frame.to().isGroup() || guest.mac().equals(frame.to()))
                .map(ModelVswitch::to)
                .toList();
    }

    private List<Received> outOfTheUplinkOf(Guest sender) {
        List<Integer> tags = sender.vlan() == UNTAGGED ? List.of() : List.of(sender.vlan());
        return uplinks.entrySet().stream()
                .filter(uplink -> uplink.getValue().equals(sender.pin()))
                .map(uplink -> new Received(uplink.getKey(), tags))
                .toList();
    }

    private Stream<Guest> segment(int vlan) {
        return guests.values().stream().filter(guest -> guest.vlan() == vlan);
    }

    private Optional<Guest> owner(int vlan, MacAddress mac) {
        return segment(vlan).filter(guest -> guest.mac().equals(mac)).findAny();
    }

    private static Received to(Guest guest) {
        return new Received(guest.port(), List.of());
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

package io.plugboard.compiler.model;

import io.plugboard.compiler.model.Outcome.Verdict;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One bridge as the contract describes it: who may speak, and who gets a copy. */
public final class ModelVswitch implements Vswitch {
    private static final int MAX_TAGS = 1;

    private final Map<Integer, ModelVnic> vnics = new HashMap<>();
    private final Map<ModelVnic, Integer> ports = new HashMap<>();
    private final Map<Integer, UplinkPin> uplinks = new HashMap<>();
    private final Map<UplinkPin, Integer> uplinkPorts = new HashMap<>();
    private final Map<Integer, Segment> segments = new HashMap<>();

    /**
     * A bridge that nobody has put carries nothing.
     *
     * @param withheld vNICs that carry nothing, and that the others do not know of
     */
    public ModelVswitch(Topology topology, DatapathId dpid, Observed observed, Set<VnicId> withheld) {
        Optional<ManagedBridge> bridge = topology.bridge(dpid);
        if (bridge.isEmpty()) {
            return;
        }
        bridge.get()
                .uplinks()
                .forEach((pin, name) -> observed.port(new PortRef.ByName(name)).ifPresent(port -> {
                    uplinks.put(port.number(), pin);
                    uplinkPorts.put(pin, port.number());
                }));
        List<Seat> seats = topology.attachments().values().stream()
                .flatMap(attachment -> Seat.of(attachment, dpid))
                .toList();
        SecurityPolicy bridgeDefault = bridge.get().bridge().security();
        for (Seat seat : seats) {
            Optional<Integer> port = portOf(seat, seats, bridge.get().bridge(), observed);
            if (port.isPresent() && !withheld.contains(seat.attachment().id())) {
                ModelVnic vnic = new ModelVnic(
                        seat,
                        topology.portGroupOf(seat.attachment()),
                        bridgeDefault,
                        initialMacsOfOthers(seat.attachment(), seats, topology));
                vnics.put(port.get(), vnic);
                ports.put(vnic, port.get());
            }
        }
    }

    /** A port that an uplink or another vNIC has by its name is nobody's by its number. */
    private static Optional<Integer> portOf(Seat seat, List<Seat> all, Bridge bridge, Observed observed) {
        return observed.port(seat.port())
                .filter(port -> seat.port() instanceof PortRef.ByName
                        || !bridge.uplinks().contains(port.name())
                                && all.stream().map(Seat::port).noneMatch(new PortRef.ByName(port.name())::equals))
                .map(Observed.Port::number);
    }

    private static Set<MacAddress> initialMacsOfOthers(Attachment one, List<Seat> all, Topology topology) {
        VlanSet vlans = topology.portGroupOf(one).vlan().vlans();
        return all.stream()
                .filter(Seat::isKnown)
                .map(Seat::attachment)
                .filter(other -> !other.id().equals(one.id()))
                .filter(other -> topology.portGroupOf(other).vlan().vlans().intersects(vlans))
                .map(other -> other.vnic().mac())
                .collect(Collectors.toSet());
    }

    @Override
    public List<Copy> receive(int port, ModelFrame frame) {
        return outcome(port, frame).copies();
    }

    /** @param port where the frame comes in, unsigned */
    public Outcome outcome(int port, ModelFrame frame) {
        ModelVnic vnic = vnics.get(port);
        UplinkPin uplink = uplinks.get(port);
        if (vnic == null && uplink == null) {
            return Outcome.dropped(Verdict.UNUSED_PORT);
        } else if (frame.tags().size() > MAX_TAGS) {
            return Outcome.dropped(Verdict.DOUBLE_TAG);
        } else if (frame.source().isGroup()) {
            return Outcome.dropped(Verdict.GROUP_SOURCE);
        }
        return vnic != null ? fromVnic(vnic, frame) : fromUplink(uplink, frame);
    }

    private Outcome fromVnic(ModelVnic sender, ModelFrame frame) {
        OptionalInt vlan = sender.vlanOf(frame.tags());
        if (sender.isBlocked()) {
            return Outcome.dropped(Verdict.BLOCKED);
        } else if (sender.standing() == Seat.Standing.PREPARED) {
            return Outcome.dropped(Verdict.PREPARED);
        } else if (vlan.isEmpty()) {
            return Outcome.dropped(Verdict.WRONG_TAG);
        } else if (!sender.mayExchange(frame)) {
            return Outcome.dropped(Verdict.LINK_LOCAL);
        } else if (!sender.maySendFrom(frame.source())) {
            return Outcome.dropped(Verdict.FORGED);
        }
        return admitted(sender, vlan.getAsInt(), frame);
    }

    private Outcome admitted(ModelVnic sender, int vlan, ModelFrame frame) {
        Segment segment = segment(vlan);
        Verdict verdict = frame.isMembership() && !sender.isMulticastRouter()
                ? Verdict.MEMBERSHIP
                : segment.verdict(frame.destination());
        Set<ModelVnic> receivers = new LinkedHashSet<>(segment.mirrors);
        if (verdict == Verdict.CLOSED) {
            return Outcome.dropped(verdict);
        } else if (verdict == Verdict.MEMBERSHIP) {
            receivers.addAll(frame.destination().isLinkLocalControl() ? List.of() : segment.multicastRouters);
        } else {
            receivers.addAll(segment.whoWants(frame.destination()));
        }
        receivers.remove(sender);
        List<Copy> copies = copies(receivers, vlan, frame);
        if (verdict != Verdict.OWN && uplinkPorts.containsKey(sender.pin())) {
            copies.add(Copy.tagged(uplinkPorts.get(sender.pin()), vlan));
        }
        return new Outcome(verdict, copies);
    }

    private Outcome fromUplink(UplinkPin uplink, ModelFrame frame) {
        int vlan = frame.tags().isEmpty() ? 0 : frame.tags().get(0);
        if (vlan > VlanId.MAX) {
            return Outcome.dropped(Verdict.WRONG_TAG);
        }
        Segment segment = segment(vlan);
        if (segment.guarded.contains(frame.source())) {
            return Outcome.dropped(Verdict.REFLECTED);
        }
        Verdict verdict = segment.verdict(frame.destination());
        List<ModelVnic> wanting = segment.whoWants(frame.destination());
        if (verdict == Verdict.CLOSED) {
            return Outcome.dropped(verdict);
        } else if (verdict == Verdict.OWN && !wanting.get(0).takesUnicastFrom(uplink)) {
            return Outcome.dropped(Verdict.OTHER_UPLINK);
        }
        Set<ModelVnic> receivers = new LinkedHashSet<>(segment.mirrors);
        receivers.addAll(wanting);
        if (verdict != Verdict.OWN) {
            receivers.removeIf(vnic -> !vnic.pin().equals(uplink));
        }
        return new Outcome(verdict, copies(receivers, vlan, frame));
    }

    private List<Copy> copies(Collection<ModelVnic> receivers, int vlan, ModelFrame frame) {
        List<Copy> copies = new ArrayList<>();
        for (ModelVnic receiver : receivers) {
            if (receiver.mayExchange(frame)) {
                copies.add(Copy.tagged(ports.get(receiver), receiver.tagOf(vlan)));
            }
        }
        return copies;
    }

    private Segment segment(int vlan) {
        return segments.computeIfAbsent(
                vlan,
                number -> new Segment(vnics.values().stream()
                        .filter(vnic -> vnic.standing() == Seat.Standing.OPEN && vnic.isIn(number))
                        .toList()));
    }

    /** The vNICs of one VLAN that the bridge knows. */
    private static final class Segment {
        private final List<ModelVnic> open;
        private final Map<MacAddress, ModelVnic> owners = new HashMap<>();
        private final Set<MacAddress> closed = new HashSet<>();
        private final Set<MacAddress> guarded = new HashSet<>();
        private final List<ModelVnic> mirrors;
        private final List<ModelVnic> multicastRouters;

        Segment(List<ModelVnic> members) {
            open = members.stream().filter(vnic -> !vnic.isBlocked()).toList();
            for (ModelVnic vnic : members) {
                if (vnic.receivesAtInitialMac()) {
                    owners.put(vnic.initialMac(), vnic);
                } else {
                    closed.add(vnic.initialMac());
                }
            }
            open.forEach(vnic -> guarded.add(vnic.initialMac()));
            mirrors = open.stream().filter(ModelVnic::isMirror).toList();
            multicastRouters =
                    open.stream().filter(ModelVnic::isMulticastRouter).toList();
        }

        /** What a destination is here. */
        Verdict verdict(MacAddress destination) {
            if (destination.equals(MacAddress.BROADCAST)) {
                return Verdict.BROADCAST;
            } else if (destination.isGroup()) {
                return destination.isLinkLocalControl() ? Verdict.CONTROL : Verdict.MULTICAST;
            } else if (closed.contains(destination)) {
                return Verdict.CLOSED;
            } else if (owners.containsKey(destination)) {
                return Verdict.OWN;
            }
            return whoWants(destination).isEmpty() ? Verdict.UNKNOWN : Verdict.SHARED;
        }

        /** The owner of its own MAC alone; of any other address, all whom it is for. */
        List<ModelVnic> whoWants(MacAddress destination) {
            return owners.containsKey(destination)
                    ? List.of(owners.get(destination))
                    : open.stream().filter(vnic -> vnic.wants(destination)).toList();
        }
    }
}

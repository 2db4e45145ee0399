package io.plugboard.topology;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Everything that a topology answers, in two ways that must agree: as its indexes say, and worked out from its facts. */
record Facts(
        long revision,
        Map<PortGroupName, StoredPortGroup> portGroups,
        Map<DatapathId, ManagedBridge> bridges,
        Map<VnicId, Attachment> attachments,
        Map<PortGroupName, SortedSet<VnicId>> members,
        Map<DatapathId, Wiring> wirings) {

    /** What a switchboard answers. */
    record Wiring(
            SortedMap<Integer, VnicId> slots,
            int smallestFreeSlot,
            Map<PortRef, VnicId> ports,
            Map<VlanId, Map<MacAddress, VnicId>> owners,
            Map<UplinkPin, Integer> pinned,
            Map<MemberSet, SortedSet<Integer>> links) {}

    /** As the indexes say, asked for everything that is in this universe. */
    static Facts indexed(Topology topology, Universe universe) {
        Map<PortGroupName, SortedSet<VnicId>> members = new TreeMap<>();
        for (PortGroupName name : universe.portGroups()) {
            members.put(name, new TreeSet<>(topology.members(name)));
        }
        Map<DatapathId, Wiring> wirings = new TreeMap<>();
        for (DatapathId dpid : universe.bridges()) {
            wirings.put(dpid, indexed(topology.switchboard(dpid), universe));
        }
        return facts(topology, members, wirings);
    }

    private static Wiring indexed(Switchboard switchboard, Universe universe) {
        SortedMap<Integer, VnicId> slots = new TreeMap<>();
        for (int link = 0; link <= universe.lastSlot() / Switchboard.SLOTS_PER_LINK; link++) {
            switchboard.slotsOfLink(link).forEach((slot, vnic) -> slots.put(slot, vnic.id()));
        }
        if (slots.size() != switchboard.size()
                || !List.copyOf(slots.values())
                        .equals(switchboard.vnics().stream()
                                .map(EffectiveVnic::id)
                                .toList())) {
            throw new AssertionError("vnics() and slotsOfLink() disagree: " + switchboard.vnics() + ", " + slots);
        }
        for (int slot = 0; slot <= universe.lastSlot(); slot++) {
            if (!switchboard.atSlot(slot).map(EffectiveVnic::id).equals(Optional.ofNullable(slots.get(slot)))) {
                throw new AssertionError("atSlot(" + slot + ") and slotsOfLink() disagree");
            }
        }
        Map<VlanId, Map<MacAddress, VnicId>> owners = new TreeMap<>();
        Map<MemberSet, SortedSet<Integer>> links = new TreeMap<>();
        for (VlanId segment : universe.segments()) {
            owners.put(
                    segment,
                    found(
                            universe.macs(),
                            mac -> switchboard
                                    .ownersOf(mac, VlanSet.of(segment))
                                    .map(EffectiveVnic::id)
                                    .findFirst()));
            for (MemberSet set : switchboard.sets(new Scope.OfVlan(segment))) {
                links.put(set, new TreeSet<>(switchboard.linksOf(set)));
            }
        }
        if (!links.keySet().equals(switchboard.sets())) {
            throw new AssertionError("sets() and sets(scope) disagree: " + switchboard.sets());
        }
        Map<UplinkPin, Integer> pinned = new TreeMap<>();
        universe.pins().forEach(pin -> pinned.put(pin, switchboard.pinnedTo(pin)));
        return new Wiring(
                slots,
                switchboard.smallestFreeSlot(),
                found(universe.ports(), switchboard::atPort),
                owners,
                pinned,
                links);
    }

    private static <K> Map<K, VnicId> found(Collection<K> keys, Function<K, Optional<VnicId>> index) {
        Map<K, VnicId> found = new HashMap<>();
        keys.forEach(key -> index.apply(key).ifPresent(id -> found.put(key, id)));
        return found;
    }

    /** Worked out from port groups, bridges and attachments alone. */
    static Facts workedOut(Topology topology, Universe universe) {
        Map<PortGroupName, SortedSet<VnicId>> members = new TreeMap<>();
        universe.portGroups().forEach(name -> members.put(name, new TreeSet<>()));
        Map<DatapathId, Wiring> wirings = new TreeMap<>();
        for (DatapathId dpid : universe.bridges()) {
            wirings.put(dpid, nothingPluggedIn(universe));
        }
        for (Attachment attachment : topology.attachments().values()) {
            VnicId id = attachment.id();
            VlanId segment = topology.portGroups()
                    .get(attachment.vnic().portGroup())
                    .portGroup()
                    .vlan()
                    .vlans()
                    .first();
            members.get(attachment.vnic().portGroup()).add(id);
            plugIn(attachment, segment, true, wirings);
            attachment
                    .second()
                    .ifPresent(seat ->
                            plugIn(attachment.seatedIn(seat), segment, seat instanceof SecondSeat.Departing, wirings));
        }
        wirings.replaceAll((dpid, wiring) -> new Wiring(
                wiring.slots,
                IntStream.iterate(0, slot -> slot + 1)
                        .filter(slot -> !wiring.slots.containsKey(slot))
                        .findFirst()
                        .orElseThrow(),
                wiring.ports,
                wiring.owners,
                wiring.pinned,
                wiring.links));
        return facts(topology, members, wirings);
    }

    private static void plugIn(Attachment seated, VlanId segment, boolean isHere, Map<DatapathId, Wiring> wirings) {
        Wiring wiring = wirings.get(seated.place().bridge());
        wiring.slots.put(seated.slot(), seated.id());
        wiring.ports.put(seated.place().port(), seated.id());
        wiring.owners.get(segment).put(seated.vnic().mac(), seated.id());
        wiring.pinned.merge(seated.pin(), 1, Integer::sum);
        if (isHere) {
            wiring.links
                    .computeIfAbsent(
                            new MemberSet(new Scope.OfVlan(segment), MemberSet.Kind.ALL_MULTICAST, seated.pin()),
                            set -> new TreeSet<>())
                    .add(seated.slot() / Switchboard.SLOTS_PER_LINK);
        }
    }

    private static Wiring nothingPluggedIn(Universe universe) {
        Map<VlanId, Map<MacAddress, VnicId>> owners = new TreeMap<>();
        universe.segments().forEach(segment -> owners.put(segment, new HashMap<>()));
        Map<UplinkPin, Integer> pinned = new TreeMap<>();
        universe.pins().forEach(pin -> pinned.put(pin, 0));
        return new Wiring(new TreeMap<>(), 0, new HashMap<>(), owners, pinned, new TreeMap<>());
    }

    private static Facts facts(
            Topology topology, Map<PortGroupName, SortedSet<VnicId>> members, Map<DatapathId, Wiring> wirings) {
        return new Facts(
                topology.revision(),
                Map.copyOf(topology.portGroups()),
                Map.copyOf(topology.bridges()),
                Map.copyOf(topology.attachments()),
                members,
                wirings);
    }

    /** All names and numbers that there can be. */
    record Universe(
            Set<PortGroupName> portGroups,
            Set<DatapathId> bridges,
            Set<PortRef> ports,
            Set<MacAddress> macs,
            Set<VlanId> segments,
            Set<UplinkPin> pins,
            int lastSlot) {}
}

package io.plugboard.topology;

import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** A snapshot in the making: the facts, the indexes kept in step with them, and what has been touched so far. */
final class Draft {
    private final Topology before;
    private final Function<DatapathId, AddressBook> numbersBefore;
    private TreePMap<PortGroupName, StoredPortGroup> portGroups;
    private TreePMap<DatapathId, ManagedBridge> bridges;
    private TreePMap<VnicId, Attachment> attachments;
    private PMap<DatapathId, Switchboard> switchboards;
    private PMap<PortGroupName, TreePSet<VnicId>> members;
    private final TreeSet<PortGroupName> touchedPortGroups = new TreeSet<>();
    private final TreeSet<DatapathId> touchedBridges = new TreeSet<>();
    private final TreeSet<VnicId> touchedVnics = new TreeSet<>();

    /** The slots whose vNICs have been plugged in or out, for whatever reason. */
    private final Map<DatapathId, TreeSet<Integer>> replugged = new TreeMap<>();

    Draft(Topology before) {
        this(before, dpid -> before.switchboard(dpid).addressBook());
    }

    /** @param numbersBefore under which each bridge's addresses are found again */
    Draft(Topology before, Function<DatapathId, AddressBook> numbersBefore) {
        this.before = before;
        this.numbersBefore = numbersBefore;
        portGroups = before.portGroupMap();
        bridges = before.bridgeMap();
        attachments = before.attachmentMap();
        switchboards = before.switchboardMap();
        members = before.memberMap();
    }

    /** What was changed and changed back, or came and went, was not touched: it keeps its revision. */
    void forgetWhatWasUndone() throws ChangeRejected {
        for (PortGroupName name : List.copyOf(touchedPortGroups)) {
            Optional<StoredPortGroup> old = before.portGroup(name);
            if (old.map(StoredPortGroup::portGroup).equals(portGroup(name).map(StoredPortGroup::portGroup))) {
                old.ifPresent(this::put);
                touchedPortGroups.remove(name);
            }
        }
        for (DatapathId dpid : List.copyOf(touchedBridges)) {
            Optional<ManagedBridge> old = before.bridge(dpid);
            Optional<ManagedBridge> now = bridge(dpid);
            boolean isSame = old.isPresent() && now.isPresent()
                    ? old.get().differsOnlyInRevision(now.get())
                    : old.isEmpty() && now.isEmpty();
            if (isSame) {
                old.ifPresent(this::put);
                touchedBridges.remove(dpid);
            }
        }
        for (VnicId id : List.copyOf(touchedVnics)) {
            Optional<Attachment> old = before.attachment(id);
            Optional<Attachment> now = attachment(id);
            if (old.isPresent() && now.isPresent() && isUndone(old.get(), now.get())) {
                unplug(now.get());
                plug(old.get());
                touchedVnics.remove(id);
            } else if (old.isEmpty() && now.isEmpty()) {
                touchedVnics.remove(id);
            }
        }
    }

    private boolean isUndone(Attachment old, Attachment now) {
        return old.differsOnlyInRevision(now)
                && before.portGroupOf(old).vlan().equals(portGroupOf(now).vlan());
    }

    Topology snapshot(long revision) {
        return new Topology(revision, portGroups, bridges, attachments, switchboards, members);
    }

    Touched touched() {
        return new Touched(touchedPortGroups, touchedBridges, touchedVnics, touchedAddresses());
    }

    /** Those of whoever was plugged in or out, and of all trunks where there are other VLAN classes. */
    private SortedSet<AddressNumber> touchedAddresses() {
        SortedSet<AddressNumber> touched = new TreeSet<>();
        replugged.forEach((dpid, slots) -> {
            Switchboard old = before.switchboard(dpid);
            Switchboard now = switchboard(dpid);
            TreeSet<Integer> candidates = new TreeSet<>(slots);
            if (!old.classes().hasSameClasses(now.classes())) {
                candidates.addAll(old.trunkSlots());
                candidates.addAll(now.trunkSlots());
            }
            candidates.stream()
                    .flatMap(slot -> Stream.concat(numbers(old, slot), numbers(now, slot)))
                    .filter(number -> !old.address(number).equals(now.address(number)))
                    .forEach(number -> touched.add(new AddressNumber(dpid, number)));
        });
        return touched;
    }

    private static Stream<Integer> numbers(Switchboard switchboard, int slot) {
        return switchboard.atSlot(slot).stream()
                .flatMap(vnic -> switchboard.setsOf(vnic).stream())
                .map(MemberSet::scope)
                .filter(Scope.OfAddress.class::isInstance)
                .map(Scope::index);
    }

    void put(StoredPortGroup portGroup) {
        portGroups = portGroups.plus(portGroup.portGroup().name(), portGroup);
        touchedPortGroups.add(portGroup.portGroup().name());
    }

    void remove(PortGroupName portGroup) {
        portGroups = portGroups.minus(portGroup);
        touchedPortGroups.add(portGroup);
    }

    void put(ManagedBridge bridge) {
        bridges = bridges.plus(bridge.bridge().dpid(), bridge);
        touchedBridges.add(bridge.bridge().dpid());
    }

    void remove(DatapathId bridge) {
        bridges = bridges.minus(bridge);
        touchedBridges.add(bridge);
    }

    /**
     * Plugs a vNIC in, wherever it has a seat. Others that use its initial MAC are seen anew.
     *
     * @throws ChangeRejected when a bridge has no number left for an address
     */
    void plug(Attachment attachment) throws ChangeRejected {
        PortGroupName portGroup = attachment.vnic().portGroup();
        attachments = attachments.plus(attachment.id(), attachment);
        members = members.plus(portGroup, members(portGroup).plus(attachment.id()));
        plug(attachment, Standing.ACTIVE);
        if (attachment.second().isPresent()) {
            SecondSeat seat = attachment.second().get();
            plug(attachment.seatedIn(seat), Standing.of(seat));
        }
    }

    private void plug(Attachment seated, Standing standing) throws ChangeRejected {
        DatapathId dpid = seated.place().bridge();
        EffectiveVnic vnic = effective(seated, standing);
        put(vnic);
        seeRivalsAnew(vnic);
        if (switchboard(dpid).hasTooManyAddresses()) {
            throw new ChangeRejected(List.of(new Rejection.AddressesFull(dpid, Switchboard.MAX_ADDRESSES)));
        }
    }

    void unplug(Attachment attachment) {
        PortGroupName portGroup = attachment.vnic().portGroup();
        attachments = attachments.minus(attachment.id());
        TreePSet<VnicId> others = members(portGroup).minus(attachment.id());
        members = others.isEmpty() ? members.minus(portGroup) : members.plus(portGroup, others);
        unplug(attachment.place(), attachment.slot());
        attachment.second().ifPresent(seat -> unplug(seat.place(), seat.slot()));
    }

    private void unplug(Place place, int slot) {
        EffectiveVnic vnic = switchboard(place.bridge()).atSlot(slot).orElseThrow();
        take(vnic);
        seeRivalsAnew(vnic);
    }

    /** In place of the attachment of the same vNIC that is there, on the same bridge and in the same slot. */
    void replace(Attachment attachment) throws ChangeRejected {
        unplug(stored(attachment.id()));
        plug(attachment);
        touch(attachment.id());
    }

    void touch(VnicId vnic) {
        touchedVnics.add(vnic);
    }

    private void put(EffectiveVnic vnic) {
        DatapathId dpid = vnic.attachment().place().bridge();
        Switchboard there = switchboard(dpid);
        switchboards = switchboards.plus(dpid, there.with(vnic, numbersBefore.apply(dpid)));
        replugged.computeIfAbsent(dpid, unused -> new TreeSet<>()).add(vnic.slot());
    }

    private void take(EffectiveVnic vnic) {
        DatapathId dpid = vnic.attachment().place().bridge();
        Switchboard left = switchboard(dpid).without(vnic, numbersBefore.apply(dpid));
        switchboards = left.size() == 0 ? switchboards.minus(dpid) : switchboards.plus(dpid, left);
        replugged.computeIfAbsent(dpid, unused -> new TreeSet<>()).add(vnic.slot());
    }

    private void seeRivalsAnew(EffectiveVnic owner) {
        DatapathId dpid = owner.attachment().place().bridge();
        for (EffectiveVnic rival : switchboard(dpid).rivalsOf(owner)) {
            EffectiveVnic now = effective(rival.attachment(), rival.standing());
            if (!now.equals(rival)) {
                take(rival);
                put(now);
            }
        }
    }

    private EffectiveVnic effective(Attachment seated, Standing standing) {
        DatapathId dpid = seated.place().bridge();
        PortGroup portGroup = portGroupOf(seated);
        Switchboard there = switchboard(dpid);
        return EffectiveVnic.of(
                seated,
                standing,
                portGroup,
                bridge(dpid).map(ManagedBridge::bridge),
                mac -> there.ownersOf(mac, portGroup.vlan().vlans())
                        .anyMatch(owner -> owner.isHere() && !owner.id().equals(seated.id())));
    }

    Optional<StoredPortGroup> portGroup(PortGroupName name) {
        return Optional.ofNullable(portGroups.get(name));
    }

    PortGroup portGroupOf(Attachment attachment) {
        return portGroup(attachment.vnic().portGroup()).orElseThrow().portGroup();
    }

    Optional<ManagedBridge> bridge(DatapathId dpid) {
        return Optional.ofNullable(bridges.get(dpid));
    }

    Optional<Attachment> attachment(VnicId id) {
        return Optional.ofNullable(attachments.get(id));
    }

    Attachment stored(VnicId id) {
        return attachment(id).orElseThrow();
    }

    Switchboard switchboard(DatapathId dpid) {
        return switchboards.getOrDefault(dpid, Switchboard.EMPTY);
    }

    TreePSet<VnicId> members(PortGroupName name) {
        return members.getOrDefault(name, TreePSet.empty());
    }
}

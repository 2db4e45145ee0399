package io.plugboard.topology;

import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
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
            if (old.isPresent() && now.isPresent() && old.get().differsOnlyInRevision(now.get())) {
                unplug(now.get());
                plug(old.get());
                touchedVnics.remove(id);
            } else if (old.isEmpty() && now.isEmpty()) {
                touchedVnics.remove(id);
            }
        }
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
     * Plugs a vNIC in. Others that use its initial MAC are seen anew.
     *
     * @throws ChangeRejected when the bridge has no number left for an address
     */
    void plug(Attachment attachment) throws ChangeRejected {
        DatapathId dpid = attachment.vnic().place().bridge();
        PortGroupName portGroup = attachment.vnic().portGroup();
        EffectiveVnic vnic = effective(attachment);
        attachments = attachments.plus(attachment.id(), attachment);
        members = members.plus(portGroup, members(portGroup).plus(attachment.id()));
        put(vnic);
        seeRivalsAnew(vnic);
        if (switchboard(dpid).hasTooManyAddresses()) {
            throw new ChangeRejected(List.of(new Rejection.AddressesFull(dpid, Switchboard.MAX_ADDRESSES)));
        }
    }

    void unplug(Attachment attachment) {
        DatapathId dpid = attachment.vnic().place().bridge();
        PortGroupName portGroup = attachment.vnic().portGroup();
        EffectiveVnic vnic = switchboard(dpid).atSlot(attachment.slot()).orElseThrow();
        attachments = attachments.minus(attachment.id());
        TreePSet<VnicId> others = members(portGroup).minus(attachment.id());
        members = others.isEmpty() ? members.minus(portGroup) : members.plus(portGroup, others);
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
        DatapathId dpid = vnic.attachment().vnic().place().bridge();
        Switchboard there = switchboard(dpid);
        switchboards = switchboards.plus(dpid, there.with(vnic, numbersBefore.apply(dpid)));
        replugged.computeIfAbsent(dpid, unused -> new TreeSet<>()).add(vnic.slot());
    }

    private void take(EffectiveVnic vnic) {
        DatapathId dpid = vnic.attachment().vnic().place().bridge();
        Switchboard left = switchboard(dpid).without(vnic, numbersBefore.apply(dpid));
        switchboards = left.size() == 0 ? switchboards.minus(dpid) : switchboards.plus(dpid, left);
        replugged.computeIfAbsent(dpid, unused -> new TreeSet<>()).add(vnic.slot());
    }

    private void seeRivalsAnew(EffectiveVnic owner) {
        DatapathId dpid = owner.attachment().vnic().place().bridge();
        for (EffectiveVnic rival : switchboard(dpid).rivalsOf(owner)) {
            EffectiveVnic now = effective(rival.attachment());
            if (!now.equals(rival)) {
                take(rival);
                put(now);
            }
        }
    }

    private EffectiveVnic effective(Attachment attachment) {
        DatapathId dpid = attachment.vnic().place().bridge();
        PortGroup portGroup = portGroupOf(attachment);
        Switchboard there = switchboard(dpid);
        return EffectiveVnic.of(
                attachment,
                portGroup,
                bridge(dpid).map(ManagedBridge::bridge),
                mac -> isAnothers(there, mac, portGroup, attachment));
    }

    private static boolean isAnothers(Switchboard there, MacAddress mac, PortGroup portGroup, Attachment attachment) {
        return there.ownerOf(mac, portGroup.vlan().vlans(), attachment.slot()).isPresent();
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

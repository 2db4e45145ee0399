package io.plugboard.topology;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Who is plugged in where on one bridge: indexes over its attachments, derived from them and never stored. A change costs
 * the logarithm of the number of vNICs.
 */
public final class Switchboard {
    /** So many consecutive slots share one link of a flood group: OVS runs at most 64 groups one after the other. */
    public static final int SLOTS_PER_LINK = 64;

    static final Switchboard EMPTY = new Switchboard(
            TreePMap.empty(),
            TreePSet.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            TreePMap.empty());

    private record SegmentMac(VlanId segment, MacAddress mac) {}

    private final TreePMap<Integer, VnicId> slots;
    private final TreePSet<Integer> holes;
    private final PMap<SegmentMac, VnicId> macs;
    private final PMap<PortRef, VnicId> ports;
    private final PMap<UplinkPin, Integer> pinned;
    private final TreePMap<FloodSet, TreePMap<Integer, Integer>> links;

    private Switchboard(
            TreePMap<Integer, VnicId> slots,
            TreePSet<Integer> holes,
            PMap<SegmentMac, VnicId> macs,
            PMap<PortRef, VnicId> ports,
            PMap<UplinkPin, Integer> pinned,
            TreePMap<FloodSet, TreePMap<Integer, Integer>> links) {
        this.slots = slots;
        this.holes = holes;
        this.macs = macs;
        this.ports = ports;
        this.pinned = pinned;
        this.links = links;
    }

    public int size() {
        return slots.size();
    }

    /** In the order of their slots. */
    public Collection<VnicId> vnics() {
        return slots.values();
    }

    /** The slots that are taken, ascending. */
    public Set<Integer> slots() {
        return slots.keySet();
    }

    /** The vNICs whose slots are in this link, by slot. */
    public SortedMap<Integer, VnicId> slotsOfLink(int link) {
        return slots.subMap(link * SLOTS_PER_LINK, (link + 1) * SLOTS_PER_LINK);
    }

    public Optional<VnicId> atSlot(int slot) {
        return Optional.ofNullable(slots.get(slot));
    }

    public Optional<VnicId> atPort(PortRef port) {
        return Optional.ofNullable(ports.get(port));
    }

    public Optional<VnicId> ownerOf(VlanId segment, MacAddress mac) {
        return Optional.ofNullable(macs.get(new SegmentMac(segment, mac)));
    }

    /** The sets of this segment that have members, by pin. */
    public SortedSet<FloodSet> floodSets(VlanId segment) {
        FloodSet first = new FloodSet(segment, UplinkPin.NONE);
        return segment.value() == VlanId.MAX
                ? links.keySet().tailSet(first)
                : links.keySet().subSet(first, new FloodSet(new VlanId(segment.value() + 1), UplinkPin.NONE));
    }

    public Set<FloodSet> floodSets() {
        return links.keySet();
    }

    /** The links in which this set has members, ascending. */
    public SortedSet<Integer> linksOf(FloodSet set) {
        TreePMap<Integer, Integer> members = links.get(set);
        return members == null ? TreePSet.empty() : members.keySet();
    }

    int pinnedTo(UplinkPin pin) {
        return pinned.getOrDefault(pin, 0);
    }

    int smallestFreeSlot() {
        if (!holes.isEmpty()) {
            return holes.first();
        }
        return slots.isEmpty() ? 0 : slots.lastKey() + 1;
    }

    Switchboard with(Attachment attachment, VlanId segment) {
        int slot = attachment.slot();
        TreePSet<Integer> free = holes.minus(slot);
        for (int hole = slots.isEmpty() ? 0 : slots.lastKey() + 1; hole < slot; hole++) {
            free = free.plus(hole);
        }
        VnicId id = attachment.id();
        return new Switchboard(
                slots.plus(slot, id),
                free,
                macs.plus(new SegmentMac(segment, attachment.vnic().mac()), id),
                ports.plus(attachment.vnic().place().port(), id),
                pinned.plus(attachment.pin(), pinnedTo(attachment.pin()) + 1),
                counted(new FloodSet(segment, attachment.pin()), slot, 1));
    }

    Switchboard without(Attachment attachment, VlanId segment) {
        int slot = attachment.slot();
        TreePMap<Integer, VnicId> left = slots.minus(slot);
        TreePSet<Integer> free = holes.plus(slot);
        if (left.isEmpty()) {
            free = TreePSet.empty();
        } else {
            while (!free.isEmpty() && free.last() > left.lastKey()) {
                free = free.minus(free.last());
            }
        }
        return new Switchboard(
                left,
                free,
                macs.minus(new SegmentMac(segment, attachment.vnic().mac())),
                ports.minus(attachment.vnic().place().port()),
                pinnedTo(attachment.pin()) == 1
                        ? pinned.minus(attachment.pin())
                        : pinned.plus(attachment.pin(), pinnedTo(attachment.pin()) - 1),
                counted(new FloodSet(segment, attachment.pin()), slot, -1));
    }

    private TreePMap<FloodSet, TreePMap<Integer, Integer>> counted(FloodSet set, int slot, int difference) {
        TreePMap<Integer, Integer> members = links.get(set);
        if (members == null) {
            members = TreePMap.empty();
        }
        int link = slot / SLOTS_PER_LINK;
        int count = members.getOrDefault(link, 0) + difference;
        members = count == 0 ? members.minus(link) : members.plus(link, count);
        return members.isEmpty() ? links.minus(set) : links.plus(set, members);
    }
}

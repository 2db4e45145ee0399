package io.plugboard.topology;

import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Everything that is true and stored: an immutable snapshot. {@link #apply} makes the next one and says what it touched;
 * snapshots share what they have in common.
 */
public final class Topology {
    public static final Topology EMPTY = new Topology(
            0, TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    private final long revision;
    private final TreePMap<PortGroupName, StoredPortGroup> portGroups;
    private final TreePMap<DatapathId, ManagedBridge> bridges;
    private final TreePMap<VnicId, Attachment> attachments;
    private final PMap<DatapathId, Switchboard> switchboards;
    private final PMap<PortGroupName, TreePSet<VnicId>> members;

    Topology(
            long revision,
            TreePMap<PortGroupName, StoredPortGroup> portGroups,
            TreePMap<DatapathId, ManagedBridge> bridges,
            TreePMap<VnicId, Attachment> attachments,
            PMap<DatapathId, Switchboard> switchboards,
            PMap<PortGroupName, TreePSet<VnicId>> members) {
        this.revision = revision;
        this.portGroups = portGroups;
        this.bridges = bridges;
        this.attachments = attachments;
        this.switchboards = switchboards;
        this.members = members;
    }

    /** A snapshot and what differs from the one before it. */
    public record Applied(Topology topology, Touched touched) {}

    /**
     * The snapshot after all of these changes, in their order; its revision is one higher unless nothing changed.
     *
     * @throws ChangeRejected when one of them cannot be; none is applied then
     */
    public Applied apply(List<? extends TopologyChange> changes) throws ChangeRejected {
        Edit edit = new Edit(this);
        for (int index = 0; index < changes.size(); index++) {
            try {
                changes.get(index).accept(edit);
            } catch (ChangeRejected rejected) {
                throw rejected.at(index);
            }
        }
        return edit.applied();
    }

    /**
     * The snapshot of facts read from a store.
     *
     * @throws IllegalStateException when they contradict each other; the message names what is wrong
     */
    public static Topology restore(
            long revision,
            Collection<StoredPortGroup> portGroups,
            Collection<ManagedBridge> bridges,
            Collection<Attachment> attachments,
            Map<AddressNumber, SharedAddress> addresses) {
        return Restoration.of(revision, portGroups, bridges, attachments, addresses);
    }

    /** Counts the transactions that changed something. */
    public long revision() {
        return revision;
    }

    /** By name. */
    public NavigableMap<PortGroupName, StoredPortGroup> portGroups() {
        return portGroups;
    }

    /** The bridges that somebody has put, by datapath id. */
    public NavigableMap<DatapathId, ManagedBridge> bridges() {
        return bridges;
    }

    /** By vNIC id. */
    public NavigableMap<VnicId, Attachment> attachments() {
        return attachments;
    }

    public Optional<StoredPortGroup> portGroup(PortGroupName name) {
        return Optional.ofNullable(portGroups.get(name));
    }

    public Optional<ManagedBridge> bridge(DatapathId dpid) {
        return Optional.ofNullable(bridges.get(dpid));
    }

    /** Who told of a bridge, if somebody has. */
    public Optional<Origin> origin(DatapathId dpid) {
        return bridge(dpid).map(stored -> stored.bridge().origin());
    }

    public Optional<Attachment> attachment(VnicId id) {
        return Optional.ofNullable(attachments.get(id));
    }

    /** The bridges that have vNICs, put or not. */
    public Set<DatapathId> occupiedBridges() {
        return switchboards.keySet();
    }

    /** Who is plugged in on this bridge, put or not. */
    public Switchboard switchboard(DatapathId dpid) {
        return switchboards.getOrDefault(dpid, Switchboard.EMPTY);
    }

    /** The vNICs of this port group, on all bridges, by id. */
    public NavigableSet<VnicId> members(PortGroupName name) {
        return members.getOrDefault(name, TreePSet.empty());
    }

    /** The port group of an attachment of this snapshot: it always exists. */
    public PortGroup portGroupOf(Attachment attachment) {
        return portGroup(attachment.vnic().portGroup()).orElseThrow().portGroup();
    }

    /** What an attachment of this snapshot comes to. */
    public EffectiveVnic effective(Attachment attachment) {
        return switchboard(attachment.place().bridge())
                .atSlot(attachment.slot())
                .orElseThrow();
    }

    /** What a vNIC of this snapshot comes to on this bridge, in each place there that it is plugged in at: none, one or two. */
    public List<EffectiveVnic> seats(VnicId id, DatapathId dpid) {
        Optional<Attachment> attachment = attachment(id);
        if (attachment.isEmpty()) {
            return List.of();
        }
        List<EffectiveVnic> seats = new ArrayList<>(2);
        if (attachment.get().place().bridge().equals(dpid)) {
            seats.add(effective(attachment.get()));
        }
        attachment
                .get()
                .second()
                .filter(seat -> seat.place().bridge().equals(dpid))
                .flatMap(seat -> switchboard(dpid).atSlot(seat.slot()))
                .ifPresent(seats::add);
        return seats;
    }

    TreePMap<PortGroupName, StoredPortGroup> portGroupMap() {
        return portGroups;
    }

    TreePMap<DatapathId, ManagedBridge> bridgeMap() {
        return bridges;
    }

    TreePMap<VnicId, Attachment> attachmentMap() {
        return attachments;
    }

    PMap<DatapathId, Switchboard> switchboardMap() {
        return switchboards;
    }

    PMap<PortGroupName, TreePSet<VnicId>> memberMap() {
        return members;
    }
}

package io.plugboard.topology;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** One transaction on a snapshot: the rules of what can be true together, and the indexes kept in step. */
final class Edit implements TopologyChange.Visitor {
    private static final int NAMED_USERS = 3;

    private final Topology before;
    private final long revision;
    private TreePMap<PortGroupName, StoredPortGroup> portGroups;
    private TreePMap<DatapathId, ManagedBridge> bridges;
    private TreePMap<VnicId, Attachment> attachments;
    private PMap<DatapathId, Switchboard> switchboards;
    private PMap<PortGroupName, TreePSet<VnicId>> members;
    private final TreeSet<PortGroupName> touchedPortGroups = new TreeSet<>();
    private final TreeSet<DatapathId> touchedBridges = new TreeSet<>();
    private final TreeSet<VnicId> touchedVnics = new TreeSet<>();

    Edit(Topology before) {
        this.before = before;
        revision = before.revision() + 1;
        portGroups = before.portGroupMap();
        bridges = before.bridgeMap();
        attachments = before.attachmentMap();
        switchboards = before.switchboardMap();
        members = before.memberMap();
    }

    Topology.Applied applied() {
        portGroups = withoutUndone(
                before.portGroupMap(),
                portGroups,
                touchedPortGroups,
                (old, now) -> old.portGroup().equals(now.portGroup()));
        bridges = withoutUndone(
                before.bridgeMap(),
                bridges,
                touchedBridges,
                (old, now) -> old.bridge().equals(now.bridge()) && old.uplinks().equals(now.uplinks()));
        attachments = withoutUndone(
                before.attachmentMap(),
                attachments,
                touchedVnics,
                (old, now) -> old.vnic().equals(now.vnic())
                        && old.slot() == now.slot()
                        && old.pin().equals(now.pin()));
        if (touchedPortGroups.isEmpty() && touchedBridges.isEmpty() && touchedVnics.isEmpty()) {
            return new Topology.Applied(before, Touched.NOTHING);
        }
        return new Topology.Applied(snapshot(revision), new Touched(touchedPortGroups, touchedBridges, touchedVnics));
    }

    /** What was changed and changed back, or came and went, was not touched: it keeps its revision. */
    private static <K, V> TreePMap<K, V> withoutUndone(
            TreePMap<K, V> before, TreePMap<K, V> after, Set<K> touched, BiPredicate<V, V> isSame) {
        TreePMap<K, V> result = after;
        for (Iterator<K> keys = touched.iterator(); keys.hasNext(); ) {
            K key = keys.next();
            V old = before.get(key);
            V now = after.get(key);
            if (old == null && now == null) {
                keys.remove();
            } else if (old != null && now != null && isSame.test(old, now)) {
                result = result.plus(key, old);
                keys.remove();
            }
        }
        return result;
    }

    /** Takes a port group as it is stored: to restore it. */
    void add(StoredPortGroup stored) {
        portGroups = portGroups.plus(stored.portGroup().name(), stored);
    }

    /** Takes a bridge as it is stored: to restore it. */
    void add(ManagedBridge stored) {
        bridges = bridges.plus(stored.bridge().dpid(), stored);
    }

    Topology snapshot(long atRevision) {
        return new Topology(atRevision, portGroups, bridges, attachments, switchboards, members);
    }

    @Override
    public void portGroupPut(PortGroup portGroup) throws ChangeRejected {
        PortGroupName name = portGroup.name();
        StoredPortGroup old = portGroups.get(name);
        if (old != null && old.portGroup().equals(portGroup)) {
            return;
        }
        List<Attachment> plugged = members(name).stream().map(this::stored).toList();
        plugged.forEach(this::unplug);
        portGroups = portGroups.plus(name, new StoredPortGroup(portGroup, revision));
        for (Attachment attachment : plugged) {
            List<Rejection> wrong = contradictions(attachment.vnic());
            if (!wrong.isEmpty()) {
                List<Rejection> inVlan = wrong.stream()
                        .<Rejection>map(reason -> new Rejection.VlanCollision(attachment.id(), reason.detail()))
                        .toList();
                throw new ChangeRejected(inVlan);
            }
            plug(attachment);
        }
        touchedPortGroups.add(name);
    }

    @Override
    public void portGroupDeleted(PortGroupName name) throws ChangeRejected {
        if (!portGroups.containsKey(name)) {
            throw rejected(new Rejection.NoSuchResource("port group '" + name + "'"));
        }
        Collection<VnicId> users = members(name);
        if (!users.isEmpty()) {
            throw rejected(new Rejection.PortGroupInUse(name, some(users), users.size()));
        }
        portGroups = portGroups.minus(name);
        touchedPortGroups.add(name);
    }

    @Override
    public void bridgePut(Bridge bridge) throws ChangeRejected {
        DatapathId dpid = bridge.dpid();
        ManagedBridge old = bridges.get(dpid);
        if (old != null && old.bridge().equals(bridge)) {
            return;
        }
        List<Rejection> wrong = new ArrayList<>();
        for (int index = 0; index < bridge.uplinks().size(); index++) {
            String uplink = bridge.uplinks().get(index);
            int at = index;
            switchboard(dpid)
                    .atPort(new PortRef.ByName(uplink))
                    .ifPresent(holder -> wrong.add(new Rejection.UplinkIsVnicPort(uplink, at, holder)));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong);
        }
        ManagedBridge next = old == null ? ManagedBridge.create(bridge, revision) : old.replacedBy(bridge, revision);
        bridges = bridges.plus(dpid, next);
        touchedBridges.add(dpid);
        if (old == null || !old.uplinks().equals(next.uplinks())) {
            pinAnew(dpid, next);
        }
    }

    private void pinAnew(DatapathId dpid, ManagedBridge bridge) {
        List<Attachment> plugged =
                switchboard(dpid).vnics().stream().map(this::stored).toList();
        Map<Integer, UplinkPin> moved = Pinning.balance(bridge.uplinks().keySet(), plugged);
        for (Attachment attachment : plugged) {
            UplinkPin pin = moved.get(attachment.slot());
            if (pin != null) {
                unplug(attachment);
                plug(new Attachment(attachment.vnic(), attachment.slot(), pin, attachment.revision()));
                touchedVnics.add(attachment.id());
            }
        }
    }

    @Override
    public void bridgeDeleted(DatapathId dpid) throws ChangeRejected {
        if (!bridges.containsKey(dpid)) {
            throw rejected(new Rejection.NoSuchResource("bridge " + dpid));
        }
        Collection<VnicId> plugged = switchboard(dpid).vnics();
        if (!plugged.isEmpty()) {
            throw rejected(new Rejection.BridgeInUse(dpid, some(plugged), plugged.size()));
        }
        bridges = bridges.minus(dpid);
        touchedBridges.add(dpid);
    }

    @Override
    public void vnicAttached(Vnic vnic) throws ChangeRejected {
        Optional<Attachment> old = Optional.ofNullable(attachments.get(vnic.id()));
        if (old.map(Attachment::vnic).equals(Optional.of(vnic))) {
            return;
        }
        old.ifPresent(this::unplug);
        DatapathId dpid = vnic.place().bridge();
        Optional<Attachment> onSameBridge =
                old.filter(attachment -> attachment.vnic().place().bridge().equals(dpid));
        int slot = onSameBridge
                .map(Attachment::slot)
                .orElseGet(() -> switchboard(dpid).smallestFreeSlot());
        List<Rejection> wrong = contradictions(vnic);
        if (slot >= Attachment.MAX_SLOTS) {
            wrong.add(new Rejection.BridgeFull(dpid, Attachment.MAX_SLOTS));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong);
        }
        UplinkPin pin = onSameBridge.map(Attachment::pin).orElseGet(() -> leastUsed(dpid));
        plug(new Attachment(vnic, slot, pin, revision));
        touchedVnics.add(vnic.id());
    }

    @Override
    public void vnicDetached(VnicId id) throws ChangeRejected {
        Attachment old = attachments.get(id);
        if (old == null) {
            throw rejected(new Rejection.NoSuchResource("vNIC '" + id + "'"));
        }
        unplug(old);
        touchedVnics.add(id);
    }

    /** What stands in the way of plugging this vNIC in beside those that are plugged in now. */
    List<Rejection> contradictions(Vnic vnic) {
        DatapathId dpid = vnic.place().bridge();
        Switchboard there = switchboard(dpid);
        List<Rejection> wrong = new ArrayList<>();
        StoredPortGroup portGroup = portGroups.get(vnic.portGroup());
        if (portGroup == null) {
            wrong.add(new Rejection.UnknownPortGroup(vnic.portGroup()));
        } else {
            VlanId segment = portGroup.portGroup().vlan().segment();
            there.ownerOf(segment, vnic.mac())
                    .ifPresent(holder -> wrong.add(new Rejection.DuplicateMac(vnic.mac(), segment, dpid, holder)));
        }
        PortRef port = vnic.place().port();
        there.atPort(port).ifPresent(holder -> wrong.add(new Rejection.PortTaken(port, dpid, holder)));
        ManagedBridge bridge = bridges.get(dpid);
        if (bridge != null
                && port instanceof PortRef.ByName named
                && bridge.bridge().uplinks().contains(named.name())) {
            wrong.add(new Rejection.PortIsUplink(named.name(), dpid));
        }
        return wrong;
    }

    private UplinkPin leastUsed(DatapathId dpid) {
        return Optional.ofNullable(bridges.get(dpid))
                .map(bridge -> Pinning.leastUsed(bridge.uplinks().keySet(), switchboard(dpid)))
                .orElse(UplinkPin.NONE);
    }

    void plug(Attachment attachment) {
        DatapathId dpid = attachment.vnic().place().bridge();
        PortGroupName portGroup = attachment.vnic().portGroup();
        attachments = attachments.plus(attachment.id(), attachment);
        switchboards = switchboards.plus(dpid, switchboard(dpid).with(attachment, segmentOf(attachment)));
        members = members.plus(portGroup, members(portGroup).plus(attachment.id()));
    }

    private void unplug(Attachment attachment) {
        DatapathId dpid = attachment.vnic().place().bridge();
        PortGroupName portGroup = attachment.vnic().portGroup();
        attachments = attachments.minus(attachment.id());
        Switchboard left = switchboard(dpid).without(attachment, segmentOf(attachment));
        switchboards = left.size() == 0 ? switchboards.minus(dpid) : switchboards.plus(dpid, left);
        TreePSet<VnicId> others = members(portGroup).minus(attachment.id());
        members = others.isEmpty() ? members.minus(portGroup) : members.plus(portGroup, others);
    }

    Switchboard switchboard(DatapathId dpid) {
        return switchboards.getOrDefault(dpid, Switchboard.EMPTY);
    }

    private TreePSet<VnicId> members(PortGroupName name) {
        return members.getOrDefault(name, TreePSet.empty());
    }

    private Attachment stored(VnicId id) {
        return Optional.ofNullable(attachments.get(id)).orElseThrow();
    }

    private VlanId segmentOf(Attachment attachment) {
        return Optional.ofNullable(portGroups.get(attachment.vnic().portGroup()))
                .orElseThrow()
                .portGroup()
                .vlan()
                .segment();
    }

    private static List<VnicId> some(Collection<VnicId> ids) {
        return ids.stream().limit(NAMED_USERS).toList();
    }

    private static ChangeRejected rejected(Rejection reason) {
        return new ChangeRejected(List.of(reason));
    }
}

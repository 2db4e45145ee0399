package io.plugboard.topology;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One transaction on a snapshot: the rules of what can be true together. */
final class Edit implements TopologyChange.Visitor {
    private static final int NAMED_USERS = 3;

    private final Topology before;
    private final long revision;
    private final Draft draft;
    private final Teaming teaming;

    Edit(Topology before) {
        this.before = before;
        revision = before.revision() + 1;
        draft = new Draft(before);
        teaming = new Teaming(draft);
    }

    Topology.Applied applied() throws ChangeRejected {
        draft.forgetWhatWasUndone();
        Touched touched = draft.touched();
        return touched.isEmpty()
                ? new Topology.Applied(before, Touched.NOTHING)
                : new Topology.Applied(draft.snapshot(revision), touched);
    }

    @Override
    public void portGroupPut(PortGroup portGroup) throws ChangeRejected {
        PortGroupName name = portGroup.name();
        Optional<PortGroup> old = draft.portGroup(name).map(StoredPortGroup::portGroup);
        if (old.equals(Optional.of(portGroup))) {
            return;
        }
        List<Attachment> plugged =
                draft.members(name).stream().map(draft::stored).toList();
        plugged.forEach(draft::unplug);
        draft.put(new StoredPortGroup(portGroup, revision));
        for (Attachment attachment : plugged) {
            List<Rejection> wrong = Conflicts.of(attachment.vnic(), draft);
            if (!wrong.isEmpty()) {
                List<Rejection> inVlan = wrong.stream()
                        .<Rejection>map(reason -> new Rejection.VlanCollision(attachment.id(), reason.detail()))
                        .toList();
                throw new ChangeRejected(inVlan);
            }
            draft.plug(attachment);
        }
        if (!plugged.isEmpty() && !old.map(PortGroup::teaming).equals(Optional.of(portGroup.teaming()))) {
            teaming.rebalance(plugged);
        }
    }

    @Override
    public void portGroupDeleted(PortGroupName name) throws ChangeRejected {
        if (draft.portGroup(name).isEmpty()) {
            throw rejected(new Rejection.NoSuchResource("port group '" + name + "'"));
        }
        Collection<VnicId> users = draft.members(name);
        if (!users.isEmpty()) {
            throw rejected(new Rejection.PortGroupInUse(name, some(users), users.size()));
        }
        draft.remove(name);
    }

    @Override
    public void bridgePut(Bridge bridge) throws ChangeRejected {
        DatapathId dpid = bridge.dpid();
        Optional<ManagedBridge> old = draft.bridge(dpid);
        if (old.map(ManagedBridge::bridge).equals(Optional.of(bridge))) {
            return;
        }
        List<Rejection> wrong = new ArrayList<>();
        for (int index = 0; index < bridge.uplinks().size(); index++) {
            String uplink = bridge.uplinks().get(index);
            int at = index;
            draft.switchboard(dpid)
                    .atPort(new PortRef.ByName(uplink))
                    .ifPresent(holder -> wrong.add(new Rejection.UplinkIsVnicPort(uplink, at, holder)));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong);
        }
        ManagedBridge next = old.map(there -> there.replacedBy(bridge, revision))
                .orElseGet(() -> ManagedBridge.create(bridge, revision));
        draft.put(next);
        List<Attachment> plugged = plugged(dpid);
        if (!old.map(there -> there.bridge().security()).equals(Optional.of(bridge.security()))) {
            for (Attachment attachment : plugged) {
                draft.unplug(attachment);
                draft.plug(attachment);
            }
        }
        boolean isSameTeam = old.filter(there -> there.uplinks().equals(next.uplinks())
                        && there.bridge().teaming().equals(bridge.teaming()))
                .isPresent();
        if (!isSameTeam) {
            teaming.rebalance(plugged);
        }
    }

    @Override
    public void bridgeDeleted(DatapathId dpid) throws ChangeRejected {
        if (draft.bridge(dpid).isEmpty()) {
            throw rejected(new Rejection.NoSuchResource("bridge " + dpid));
        }
        List<VnicId> plugged =
                draft.switchboard(dpid).vnics().stream().map(EffectiveVnic::id).toList();
        if (!plugged.isEmpty()) {
            throw rejected(new Rejection.BridgeInUse(dpid, some(plugged), plugged.size()));
        }
        draft.remove(dpid);
    }

    @Override
    public void uplinkStateChanged(DatapathId dpid, String uplink, boolean up) throws ChangeRejected {
        ManagedBridge bridge = requireBridge(dpid);
        UplinkPin pin = requireUplink(bridge, uplink);
        if (bridge.isUp(pin) != up) {
            draft.put(bridge.with(pin, up));
            teaming.leaveWhatIsDown(plugged(dpid));
        }
    }

    @Override
    public void uplinkSettled(DatapathId dpid, String uplink, Duration upFor) throws ChangeRejected {
        ManagedBridge bridge = requireBridge(dpid);
        UplinkPin pin = requireUplink(bridge, uplink);
        if (bridge.isUp(pin)) {
            teaming.returnTo(pin, upFor, plugged(dpid));
        }
    }

    private ManagedBridge requireBridge(DatapathId dpid) throws ChangeRejected {
        return draft.bridge(dpid).orElseThrow(() -> rejected(new Rejection.NoSuchResource("bridge " + dpid)));
    }

    private static UplinkPin requireUplink(ManagedBridge bridge, String uplink) throws ChangeRejected {
        return bridge.pinOf(uplink)
                .orElseThrow(() -> rejected(new Rejection.NoSuchResource(
                        "uplink " + uplink + " of bridge " + bridge.bridge().dpid())));
    }

    @Override
    public void vnicAttached(Vnic vnic) throws ChangeRejected {
        Optional<Attachment> old = draft.attachment(vnic.id());
        if (old.map(Attachment::vnic).equals(Optional.of(vnic))) {
            return;
        }
        old.ifPresent(draft::unplug);
        DatapathId dpid = vnic.place().bridge();
        Optional<Attachment> onSameBridge =
                old.filter(attachment -> attachment.vnic().place().bridge().equals(dpid));
        int slot = onSameBridge
                .map(Attachment::slot)
                .orElseGet(() -> draft.switchboard(dpid).smallestFreeSlot());
        List<Rejection> wrong = Conflicts.of(vnic, draft);
        if (slot >= Attachment.MAX_SLOTS) {
            wrong.add(new Rejection.BridgeFull(dpid, Attachment.MAX_SLOTS));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong);
        }
        UplinkPin pin = teaming.pinOf(vnic, onSameBridge);
        draft.plug(new Attachment(vnic, slot, pin, pin, old.flatMap(Attachment::rxFilter), revision));
        draft.touch(vnic.id());
    }

    @Override
    public void vnicDetached(VnicId id) throws ChangeRejected {
        draft.unplug(require(id));
        draft.touch(id);
    }

    @Override
    public void rxFilterReported(VnicId id, Optional<RxFilter> filter) throws ChangeRejected {
        Attachment old = require(id);
        if (!old.rxFilter().equals(filter)) {
            draft.replace(new Attachment(old.vnic(), old.slot(), old.pin(), old.home(), filter, revision));
        }
    }

    private Attachment require(VnicId id) throws ChangeRejected {
        return draft.attachment(id).orElseThrow(() -> rejected(new Rejection.NoSuchResource("vNIC '" + id + "'")));
    }

    private List<Attachment> plugged(DatapathId dpid) {
        return draft.switchboard(dpid).vnics().stream()
                .map(EffectiveVnic::attachment)
                .toList();
    }

    private static List<VnicId> some(Collection<VnicId> ids) {
        return ids.stream().limit(NAMED_USERS).toList();
    }

    private static ChangeRejected rejected(Rejection reason) {
        return new ChangeRejected(List.of(reason));
    }
}

package io.plugboard.topology;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.Placement.Cause;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanMode;
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
        teaming = new Teaming(draft, revision);
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
        boolean moves = !old.map(PortGroup::vlan).equals(Optional.of(portGroup.vlan()));
        for (Attachment attachment : plugged) {
            if (moves) {
                requireFitting(attachment);
                draft.plug(attachment
                        .withSecond(attachment.prepared().map(prepared -> prepared), attachment.revision())
                        .with(new Placement(Cause.MIGRATED, revision)));
                draft.touch(attachment.id());
            } else {
                draft.plug(attachment);
            }
        }
        if (!plugged.isEmpty() && !old.map(PortGroup::teaming).equals(Optional.of(portGroup.teaming()))) {
            teaming.rebalance(plugged);
        }
    }

    /** In the other VLAN that its port group has been given. */
    private void requireFitting(Attachment attachment) throws ChangeRejected {
        List<Rejection> wrong = new ArrayList<>(against(attachment.vnic()));
        if (attachment.prepared().isPresent()) {
            wrong.addAll(
                    against(attachment.vnic().at(attachment.prepared().get().place())));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong.stream()
                    .<Rejection>map(reason -> new Rejection.VlanCollision(attachment.id(), reason.detail()))
                    .toList());
        }
    }

    private List<Rejection> against(Vnic vnic) throws ChangeRejected {
        vacate(vnic);
        return Conflicts.of(vnic, draft);
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
        if (!old.map(there -> there.bridge().security()).equals(Optional.of(bridge.security()))) {
            for (Attachment attachment : seatedOn(dpid)) {
                draft.unplug(attachment);
                draft.plug(attachment);
            }
        }
        boolean isSameTeam = old.filter(there -> there.uplinks().equals(next.uplinks())
                        && there.bridge().teaming().equals(bridge.teaming()))
                .isPresent();
        if (!isSameTeam) {
            teaming.rebalance(activeOn(dpid));
            teaming.repinSecondSeats(dpid, seatedOn(dpid));
        }
    }

    @Override
    public void bridgeDeleted(DatapathId dpid) throws ChangeRejected {
        if (draft.bridge(dpid).isEmpty()) {
            throw rejected(new Rejection.NoSuchResource("bridge " + dpid));
        }
        for (Attachment attachment : seatedOn(dpid)) {
            if (attachment
                    .departing()
                    .filter(seat -> seat.place().bridge().equals(dpid))
                    .isPresent()) {
                draft.replace(attachment.withSecond(Optional.empty(), attachment.revision()));
            }
        }
        List<VnicId> plugged = seatedOn(dpid).stream().map(Attachment::id).toList();
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
            teaming.leaveWhatIsDown(activeOn(dpid));
            teaming.repinSecondSeats(dpid, seatedOn(dpid));
        }
    }

    @Override
    public void uplinkSettled(DatapathId dpid, String uplink, Duration upFor) throws ChangeRejected {
        ManagedBridge bridge = requireBridge(dpid);
        UplinkPin pin = requireUplink(bridge, uplink);
        if (bridge.isUp(pin)) {
            teaming.returnTo(pin, upFor, activeOn(dpid));
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
        plugIn(vnic, old);
    }

    /** At its place: where it was until now is left, and open until the other place is. */
    private void plugIn(Vnic vnic, Optional<Attachment> old) throws ChangeRejected {
        Optional<VlanMode> oldVlan = old.map(draft::portGroupOf).map(PortGroup::vlan);
        old.ifPresent(draft::unplug);
        vacate(vnic);
        DatapathId dpid = vnic.place().bridge();
        Optional<Attachment> there = old.flatMap(attachment -> seatAt(vnic.place(), attachment));
        int slot = there.map(Attachment::slot)
                .orElseGet(() -> draft.switchboard(dpid).smallestFreeSlot());
        requireNothingAgainst(vnic, slot);
        Optional<SecondSeat> second = old.flatMap(attachment -> secondSeat(attachment, vnic));
        if (second.isPresent() && second.get() instanceof SecondSeat.Prepared prepared) {
            vacate(vnic.at(prepared.place()));
            requireNothingAgainst(vnic.at(prepared.place()), prepared.slot());
        }
        UplinkPin pin = teaming.pinOf(vnic, there);
        Attachment next = new Attachment(vnic, slot, pin, old.flatMap(Attachment::rxFilter), revision)
                .withSecond(second, revision);
        VlanMode vlan = draft.portGroupOf(next).vlan();
        if (old.isPresent()) {
            Placement placement = cause(old.get(), oldVlan.orElseThrow(), next, vlan)
                    .map(cause -> new Placement(cause, revision))
                    .orElse(old.get().placement());
            next = next.withFormer(teaming.former(old.get(), next)).with(placement);
        }
        draft.plug(next);
        draft.touch(vnic.id());
    }

    /** What the physical network has to be told, if anything. */
    private static Optional<Cause> cause(Attachment old, VlanMode oldVlan, Attachment next, VlanMode vlan) {
        if (!old.place().equals(next.place()) || !oldVlan.equals(vlan)) {
            return Optional.of(Cause.MIGRATED);
        } else if (!old.pin().equals(next.pin())) {
            return Optional.of(Cause.REPINNED);
        }
        return old.effectiveMac().equals(next.effectiveMac()) ? Optional.empty() : Optional.of(Cause.MAC_CHANGED);
    }

    /** The seat that it has already where it is to be plugged in: at this place, or by another port of the same bridge. */
    private static Optional<Attachment> seatAt(Place place, Attachment old) {
        Optional<Attachment> prepared =
                old.prepared().filter(seat -> seat.place().equals(place)).map(seat -> old.seatedIn(seat));
        return prepared.or(
                () -> Optional.of(old).filter(seated -> seated.place().bridge().equals(place.bridge())));
    }

    /**
     * What becomes of its second seat, and of the first, when it is plugged in like this. The place that it leaves stays open
     * when it has been in force, and when nothing else of the vNIC changes.
     */
    private Optional<SecondSeat> secondSeat(Attachment old, Vnic next) {
        if (old.place().equals(next.place())) {
            return old.prepared().map(prepared -> prepared);
        } else if (!old.vnic().at(next.place()).equals(next)
                || old.place().bridge().equals(next.place().bridge())) {
            return Optional.empty();
        }
        boolean wasInForce = before.attachment(old.id())
                .filter(there -> there.place().equals(old.place()))
                .isPresent();
        return wasInForce
                ? Optional.of(new SecondSeat.Departing(old.place(), old.slot(), old.pin()))
                : old.departing()
                        .filter(seat ->
                                !seat.place().bridge().equals(next.place().bridge()))
                        .map(departing -> departing);
    }

    /** A place that its vNIC has left is closed at once when another one needs the port, or the address. */
    private void vacate(Vnic vnic) throws ChangeRejected {
        for (Attachment leaving : draft.switchboard(vnic.place().bridge()).departing()) {
            Vnic other = leaving.vnic();
            boolean isInTheWay = other.place().equals(vnic.place())
                    || other.mac().equals(vnic.mac())
                    || other.allowedMacs().contains(vnic.mac())
                    || vnic.allowedMacs().contains(other.mac());
            if (isInTheWay) {
                Attachment stored = draft.stored(leaving.id());
                draft.replace(stored.withSecond(Optional.empty(), stored.revision()));
            }
        }
    }

    private void requireNothingAgainst(Vnic vnic, int slot) throws ChangeRejected {
        List<Rejection> wrong = Conflicts.of(vnic, draft);
        if (slot >= Attachment.MAX_SLOTS) {
            wrong.add(new Rejection.BridgeFull(vnic.place().bridge(), Attachment.MAX_SLOTS));
        }
        if (!wrong.isEmpty()) {
            throw new ChangeRejected(wrong);
        }
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
            Attachment next = old.withRxFilter(filter, revision);
            draft.replace(
                    next.effectiveMac().equals(old.effectiveMac())
                            ? next
                            : next.with(new Placement(Cause.MAC_CHANGED, revision)));
        }
    }

    @Override
    public void migrationPrepared(VnicId id, Place destination, ActivateOn activateOn) throws ChangeRejected {
        Attachment old = require(id);
        if (old.place().equals(destination)) {
            throw rejected(new Rejection.AlreadyThere(id, destination));
        }
        Vnic vnic = old.vnic().at(destination);
        Optional<SecondSeat.Prepared> before =
                old.prepared().filter(seat -> seat.place().equals(destination));
        draft.replace(old.withSecond(Optional.empty(), old.revision()));
        vacate(vnic);
        int slot = before.map(SecondSeat::slot)
                .orElseGet(() -> draft.switchboard(destination.bridge()).smallestFreeSlot());
        requireNothingAgainst(vnic, slot);
        UplinkPin pin = teaming.pinOf(vnic, before.map(old::seatedIn));
        SecondSeat prepared = new SecondSeat.Prepared(destination, slot, pin, activateOn);
        boolean isSame = old.second().equals(Optional.of(prepared));
        draft.replace(old.withSecond(Optional.of(prepared), isSame ? old.revision() : revision));
    }

    @Override
    public void migrationGivenUp(VnicId id) throws ChangeRejected {
        Attachment old = require(id);
        requirePrepared(old);
        draft.replace(old.withSecond(Optional.empty(), revision));
    }

    @Override
    public void migrationActivated(VnicId id) throws ChangeRejected {
        Attachment old = require(id);
        plugIn(old.vnic().at(requirePrepared(old).place()), Optional.of(old));
    }

    private static SecondSeat.Prepared requirePrepared(Attachment attachment) throws ChangeRejected {
        return attachment
                .prepared()
                .orElseThrow(() -> rejected(new Rejection.NoSuchResource(
                        "migration of vNIC '" + attachment.id() + "': prepare one first")));
    }

    @Override
    public void placeLeft(VnicId id, Place left) throws ChangeRejected {
        Optional<Attachment> old = draft.attachment(id)
                .filter(attachment -> attachment
                        .departing()
                        .filter(seat -> seat.place().equals(left))
                        .isPresent());
        if (old.isPresent()) {
            draft.replace(old.get().withSecond(Optional.empty(), old.get().revision()));
        }
    }

    @Override
    public void formerUplinkLeft(VnicId id, Placement since) throws ChangeRejected {
        Optional<Attachment> old = draft.attachment(id)
                .filter(attachment -> attachment.former().isPresent())
                .filter(attachment -> attachment.placement().equals(since));
        if (old.isPresent()) {
            draft.replace(old.get().withFormer(Optional.empty()));
        }
    }

    private Attachment require(VnicId id) throws ChangeRejected {
        return draft.attachment(id).orElseThrow(() -> rejected(new Rejection.NoSuchResource("vNIC '" + id + "'")));
    }

    /** The vNICs that are active on this bridge, by slot. */
    private List<Attachment> activeOn(DatapathId dpid) {
        return seatedOn(dpid).stream()
                .filter(attachment -> attachment.place().bridge().equals(dpid))
                .toList();
    }

    /** The vNICs that have a seat on this bridge, active or not, by slot. */
    private List<Attachment> seatedOn(DatapathId dpid) {
        return draft.switchboard(dpid).vnics().stream()
                .map(EffectiveVnic::id)
                .distinct()
                .map(draft::stored)
                .toList();
    }

    private static List<VnicId> some(Collection<VnicId> ids) {
        return ids.stream().limit(NAMED_USERS).toList();
    }

    private static ChangeRejected rejected(Rejection reason) {
        return new ChangeRejected(List.of(reason));
    }
}

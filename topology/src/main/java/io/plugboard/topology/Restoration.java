package io.plugboard.topology;

import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.Touched.AddressNumber;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds the snapshot of facts that were stored, and takes none of them on trust. */
final class Restoration {
    private final long revision;
    private final Draft draft;
    private final Map<DatapathId, Set<UplinkPin>> pins = new HashMap<>();
    private final Set<String> restored = new HashSet<>();

    private Restoration(long revision, Map<DatapathId, AddressBook> books) {
        this.revision = revision;
        draft = new Draft(Topology.EMPTY, dpid -> books.getOrDefault(dpid, AddressBook.EMPTY));
    }

    static Topology of(
            long revision,
            Collection<StoredPortGroup> portGroups,
            Collection<ManagedBridge> bridges,
            Collection<Attachment> attachments,
            Map<AddressNumber, SharedAddress> addresses) {
        Map<DatapathId, Map<Integer, SharedAddress>> numbered = new TreeMap<>();
        addresses.forEach((number, address) -> numbered.computeIfAbsent(number.bridge(), unused -> new TreeMap<>())
                .put(number.number(), address));
        Map<DatapathId, AddressBook> books = new TreeMap<>();
        numbered.forEach((dpid, book) -> books.put(dpid, AddressBook.of(book)));
        Restoration restoration = new Restoration(revision, books);
        portGroups.forEach(restoration::add);
        bridges.forEach(restoration::add);
        // By slot, so that the switchboards have no holes to keep account of meanwhile.
        attachments.stream().sorted(Comparator.comparingInt(Attachment::slot)).forEach(restoration::plug);
        Topology topology = restoration.draft.snapshot(revision);
        requireAddresses(numbered, topology);
        return topology;
    }

    private static void requireAddresses(Map<DatapathId, Map<Integer, SharedAddress>> numbered, Topology topology) {
        Set<DatapathId> bridges = new TreeSet<>(numbered.keySet());
        bridges.addAll(topology.occupiedBridges());
        for (DatapathId dpid : bridges) {
            if (!topology.switchboard(dpid).addresses().equals(numbered.getOrDefault(dpid, Map.of()))) {
                throw new IllegalStateException(
                        "the addresses that have numbers on bridge " + dpid + " are not those that its vNICs have");
            }
        }
    }

    private void add(StoredPortGroup stored) {
        requireOnceAndInTime("port group '" + stored.portGroup().name() + "'", stored.revision());
        draft.put(stored);
    }

    private void add(ManagedBridge stored) {
        DatapathId dpid = stored.bridge().dpid();
        requireOnceAndInTime("bridge " + dpid, stored.revision());
        pins.put(dpid, stored.uplinks().keySet());
        draft.put(stored);
    }

    private void plug(Attachment stored) {
        String vnic = "vNIC '" + stored.id() + "'";
        requireOnceAndInTime(vnic, stored.revision());
        requireFreeSeat(stored.vnic(), stored.slot());
        stored.second().ifPresent(seat -> requireFreeSeat(stored.vnic().at(seat.place()), seat.slot()));
        requirePin(stored, vnic);
        try {
            draft.plug(stored);
        } catch (ChangeRejected rejected) {
            throw new IllegalStateException(vnic + ": " + rejected.getMessage(), rejected);
        }
    }

    private void requireFreeSeat(Vnic vnic, int slot) {
        DatapathId dpid = vnic.place().bridge();
        Optional<EffectiveVnic> inItsSlot = draft.switchboard(dpid).atSlot(slot);
        if (inItsSlot.isPresent()) {
            throw new IllegalStateException("vNIC '" + vnic.id() + "' has slot " + slot + " of bridge " + dpid
                    + ", and so has vNIC '" + inItsSlot.get().id() + "'");
        }
        List<Rejection> wrong = Conflicts.of(vnic, draft);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "vNIC '" + vnic.id() + "': " + wrong.get(0).detail());
        }
    }

    /** One of its bridge's uplinks; none where it has none, or where none of them is in its team. */
    private void requirePin(Attachment stored, String vnic) {
        DatapathId dpid = stored.place().bridge();
        Set<UplinkPin> possible = pins.getOrDefault(dpid, Set.of());
        boolean hasTeam = draft.bridge(dpid)
                .filter(bridge -> !Team.of(draft.portGroupOf(stored), bridge).isEmpty())
                .isPresent();
        boolean isPossible = stored.pin().isPinned() ? possible.contains(stored.pin()) : !hasTeam;
        if (!isPossible) {
            throw new IllegalStateException(
                    vnic + " is pinned to uplink slot " + stored.pin().slot()
                            + ", and those of bridge " + dpid + " are "
                            + possible.stream().map(UplinkPin::slot).toList());
        }
    }

    private void requireOnceAndInTime(String what, long itsRevision) {
        if (!restored.add(what)) {
            throw new IllegalStateException(what + " is there twice");
        }
        if (itsRevision < 1 || itsRevision > revision) {
            throw new IllegalStateException(what + " is of revision " + itsRevision + ", and the last is " + revision);
        }
    }
}

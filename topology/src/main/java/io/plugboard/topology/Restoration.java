package io.plugboard.topology;

import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the snapshot of facts that were stored, and takes none of them on trust. */
final class Restoration {
    private final long revision;
    private final Edit edit = new Edit(Topology.EMPTY);
    private final Map<DatapathId, Set<UplinkPin>> pins = new HashMap<>();
    private final Set<String> restored = new HashSet<>();

    private Restoration(long revision) {
        this.revision = revision;
    }

    static Topology of(
            long revision,
            Collection<StoredPortGroup> portGroups,
            Collection<ManagedBridge> bridges,
            Collection<Attachment> attachments) {
        Restoration restoration = new Restoration(revision);
        portGroups.forEach(restoration::add);
        bridges.forEach(restoration::add);
        // By slot, so that the switchboards have no holes to keep account of meanwhile.
        attachments.stream().sorted(Comparator.comparingInt(Attachment::slot)).forEach(restoration::plug);
        return restoration.edit.snapshot(revision);
    }

    private void add(StoredPortGroup stored) {
        requireOnceAndInTime("port group '" + stored.portGroup().name() + "'", stored.revision());
        edit.add(stored);
    }

    private void add(ManagedBridge stored) {
        DatapathId dpid = stored.bridge().dpid();
        requireOnceAndInTime("bridge " + dpid, stored.revision());
        pins.put(dpid, stored.uplinks().keySet());
        edit.add(stored);
    }

    private void plug(Attachment stored) {
        String vnic = "vNIC '" + stored.id() + "'";
        requireOnceAndInTime(vnic, stored.revision());
        DatapathId dpid = stored.vnic().place().bridge();
        Optional<VnicId> inItsSlot = edit.switchboard(dpid).atSlot(stored.slot());
        if (inItsSlot.isPresent()) {
            throw new IllegalStateException(vnic + " has slot " + stored.slot() + " of bridge " + dpid
                    + ", and so has vNIC '" + inItsSlot.get() + "'");
        }
        List<Rejection> wrong = edit.contradictions(stored.vnic());
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(vnic + ": " + wrong.get(0).detail());
        }
        Set<UplinkPin> possible = pins.getOrDefault(dpid, Set.of());
        if (!(possible.isEmpty() ? Set.of(UplinkPin.NONE) : possible).contains(stored.pin())) {
            throw new IllegalStateException(
                    vnic + " is pinned to uplink slot " + stored.pin().slot()
                            + ", and those of bridge " + dpid + " are "
                            + possible.stream().map(UplinkPin::slot).toList());
        }
        edit.plug(stored);
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

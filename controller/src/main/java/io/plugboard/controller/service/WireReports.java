package io.plugboard.controller.service;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.controller.announce.Aftermath;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.FormerUplinkLeft;
import io.plugboard.topology.change.TopologyChange.MigrationActivated;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the topology what has come true on the wire: a guest has spoken where it was awaited, switches have been told. */
public final class WireReports implements Aftermath {
    private static final Logger log = LoggerFactory.getLogger(WireReports.class);

    private final Set<VnicId> beingActivated = ConcurrentHashMap.newKeySet();
    private final UnattendedChanges unattended;
    private volatile Optional<TopologyService> service = Optional.empty();

    public WireReports(ScheduledExecutorService timer) {
        unattended = new UnattendedChanges(timer);
    }

    /** Must be called before the first switch connects. */
    public void reportTo(TopologyService topologyService) {
        service = Optional.of(topologyService);
    }

    /** A frame has come in on the port of a vNIC whose migration its first frame completes. */
    void firstFrame(DatapathId dpid, PacketIn copy) {
        Optional<Owner> owner = new Cookie(copy.cookie()).owner();
        if (service.isEmpty() || owner.isEmpty() || !(owner.get() instanceof Owner.OfVnic of)) {
            return;
        }
        Optional<VnicId> awaited = awaited(service.get().topology(), dpid, of.slot());
        if (awaited.isEmpty() || !beingActivated.add(awaited.get())) {
            return;
        }
        service.get()
                .change(
                        "first frame on " + dpid,
                        current -> awaited(current, dpid, of.slot()).stream()
                                .<TopologyChange>map(MigrationActivated::new)
                                .toList())
                .whenComplete((applied, failed) -> {
                    beingActivated.remove(awaited.get());
                    if (failed != null) {
                        log.warn("vNIC '{}' could not be activated: {}", awaited.get(), failed.getMessage());
                    }
                });
    }

    private static Optional<VnicId> awaited(Topology topology, DatapathId dpid, int slot) {
        return topology.switchboard(dpid)
                .atSlot(slot)
                .filter(vnic -> vnic.standing() == Standing.AWAITED)
                .map(EffectiveVnic::id);
    }

    @Override
    public void formerUplinksLeft(Map<VnicId, Placement> vnics) {
        List<TopologyChange> changes = vnics.entrySet().stream()
                .<TopologyChange>map(vnic -> new FormerUplinkLeft(vnic.getKey(), vnic.getValue()))
                .toList();
        service.ifPresent(there -> unattended.make(
                there,
                "announcer",
                current -> changes,
                refused -> log.warn("{} vNICs keep their former uplinks: {}", changes.size(), refused.getMessage())));
    }

    @Override
    public void announcedUpTo(DatapathId bridge, long revision) {
        service.ifPresent(there -> there.announcedUpTo(bridge, revision));
    }
}

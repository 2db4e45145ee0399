package io.plugboard.topology;

import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in the way of plugging a vNIC in beside those others that are plugged in now. */
final class Conflicts {
    private Conflicts() {}

    /** @param vnic not plugged in there */
    static List<Rejection> of(Vnic vnic, Draft draft) {
        DatapathId dpid = vnic.place().bridge();
        Switchboard there = draft.switchboard(dpid);
        List<Rejection> wrong = new ArrayList<>();
        Optional<StoredPortGroup> portGroup = draft.portGroup(vnic.portGroup());
        if (portGroup.isEmpty()) {
            wrong.add(new Rejection.UnknownPortGroup(vnic.portGroup()));
        } else {
            addressConflicts(vnic, portGroup.get().portGroup().vlan().vlans(), there, wrong);
        }
        PortRef port = vnic.place().port();
        there.atPort(port).ifPresent(holder -> wrong.add(new Rejection.PortTaken(port, dpid, holder)));
        boolean isUplink = port instanceof PortRef.ByName named
                && draft.bridge(dpid)
                        .filter(bridge -> bridge.bridge().uplinks().contains(named.name()))
                        .isPresent();
        if (isUplink) {
            wrong.add(new Rejection.PortIsUplink(((PortRef.ByName) port).name(), dpid));
        }
        return wrong;
    }

    private static void addressConflicts(Vnic vnic, VlanSet vlans, Switchboard there, List<Rejection> wrong) {
        DatapathId dpid = vnic.place().bridge();
        there.ownersOf(vnic.mac(), vlans)
                .filter(owner -> !owner.id().equals(vnic.id()))
                .findFirst()
                .ifPresent(owner -> wrong.add(new Rejection.DuplicateMac(
                        vnic.mac(), vlans.firstIn(owner.vlans()).orElseThrow(), dpid, owner.id())));
        there.claimants(vnic.mac(), vlans)
                .filter(other -> other.attachment().vnic().allowedMacs().contains(vnic.mac()))
                .findFirst()
                .ifPresent(other -> wrong.add(new Rejection.MacAllowedToAnother(vnic.mac(), dpid, other.id())));
        for (MacAddress mac : vnic.allowedMacs()) {
            there.ownersOf(mac, vlans)
                    .filter(owner -> !owner.id().equals(vnic.id()))
                    .findFirst()
                    .ifPresent(owner -> wrong.add(new Rejection.AllowedMacOwned(mac, dpid, owner.id())));
        }
    }
}

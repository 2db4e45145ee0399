package io.plugboard.controller.store;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.Map;
import java.util.TreeMap;

/** What is to be stored of a topology, so that two can be compared. */
public record Facts(
        long revision,
        Map<PortGroupName, StoredPortGroup> portGroups,
        Map<DatapathId, ManagedBridge> bridges,
        Map<VnicId, Attachment> attachments,
        Map<DatapathId, Map<Integer, SharedAddress>> addresses) {
    public static Facts of(Topology topology) {
        Map<DatapathId, Map<Integer, SharedAddress>> addresses = new TreeMap<>();
        topology.occupiedBridges()
                .forEach(dpid -> addresses.put(dpid, topology.switchboard(dpid).addresses()));
        return new Facts(
                topology.revision(), topology.portGroups(), topology.bridges(), topology.attachments(), addresses);
    }
}

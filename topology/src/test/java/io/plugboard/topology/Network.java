package io.plugboard.topology;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;

/** A topology that changes step by step, and short words for what happens to it. */
final class Network {
    static final DatapathId HOST_1 = new DatapathId(0xa1);
    static final DatapathId HOST_2 = new DatapathId(0xa2);

    private Topology topology = Topology.EMPTY;

    Topology topology() {
        return topology;
    }

    /** Applies these changes as one transaction. */
    Touched apply(TopologyChange... changes) throws ChangeRejected {
        Topology.Applied applied = topology.apply(List.of(changes));
        topology = applied.topology();
        return applied.touched();
    }

    Attachment vnic(String id) {
        return topology.attachment(new VnicId(id)).orElseThrow();
    }

    int slot(String id) {
        return vnic(id).slot();
    }

    /** The name of the uplink that this vNIC is pinned to; empty when it is not pinned. */
    String uplink(String id) {
        Attachment vnic = vnic(id);
        return topology.bridge(vnic.vnic().place().bridge())
                .map(bridge -> bridge.uplinks().getOrDefault(vnic.pin(), ""))
                .orElse("");
    }

    /** The vNIC that has this initial MAC in this VLAN. */
    static Optional<VnicId> owner(Switchboard switchboard, VlanId vlan, MacAddress mac) {
        return switchboard
                .ownersOf(mac, VlanSet.of(vlan))
                .map(EffectiveVnic::id)
                .findFirst();
    }

    static TopologyChange accessVlan(String portGroup, int vlan) {
        return new TopologyChange.PortGroupPut(
                new PortGroup(new PortGroupName(portGroup), new VlanMode.Access(new VlanId(vlan))));
    }

    static TopologyChange untagged(String portGroup) {
        return new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName(portGroup), new VlanMode.Untagged()));
    }

    static TopologyChange trunk(String portGroup, String... idsAndRanges) {
        return new TopologyChange.PortGroupPut(
                new PortGroup(new PortGroupName(portGroup), new VlanMode.Trunk(VlanSet.parse(List.of(idsAndRanges)))));
    }

    static TopologyChange portGroupDeleted(String name) {
        return new TopologyChange.PortGroupDeleted(new PortGroupName(name));
    }

    static TopologyChange bridge(DatapathId dpid, String... uplinks) {
        return new TopologyChange.BridgePut(new Bridge(dpid, "", List.of(uplinks)));
    }

    static TopologyChange bridgeDeleted(DatapathId dpid) {
        return new TopologyChange.BridgeDeleted(dpid);
    }

    /** A vNIC "web-7" in port group "web", on port "tap7" of host 1, with the MAC 52:54:00:00:00:07. */
    static TopologyChange web(int number) {
        return vnic("web-" + number, HOST_1, "tap" + number, number, "web");
    }

    static TopologyChange vnic(String id, DatapathId bridge, String port, int mac, String portGroup) {
        return new TopologyChange.VnicAttached(new Vnic(
                new VnicId(id),
                new Place(bridge, new PortRef.ByName(port)),
                mac(mac),
                new PortGroupName(portGroup),
                Vnic.Source.REST));
    }

    static TopologyChange detached(String id) {
        return new TopologyChange.VnicDetached(new VnicId(id));
    }

    static MacAddress mac(int number) {
        return new MacAddress(0x5254_0000_0000L + number);
    }
}

package io.plugboard.bench;

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
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is attached in a benchmark: a bridge with vNICs in one access VLAN. vNIC n has port n, and its id belongs to the
 * bridge.
 */
record Network(DatapathId dpid) {
    private static final PortGroupName PORT_GROUP = new PortGroupName("blue");
    private static final long FIRST_MAC = 0x5254_0000_0000L;

    /** A bridge, and its vNIC 1: when that one is active, the bridge is in order. */
    List<TopologyChange> begin() {
        return List.of(
                new TopologyChange.PortGroupPut(new PortGroup(PORT_GROUP, new VlanMode.Access(new VlanId(100)))),
                new TopologyChange.BridgePut(new Bridge(dpid, "", List.of())),
                attach(1));
    }

    TopologyChange attach(int number) {
        return new TopologyChange.VnicAttached(new Vnic(
                id(number),
                new Place(dpid, new PortRef.ByNumber(number)),
                new MacAddress(FIRST_MAC + number),
                PORT_GROUP,
                Vnic.Source.REST));
    }

    /** vNICs 2 to last. */
    List<TopologyChange> attachTo(int last) {
        return IntStream.rangeClosed(2, last).mapToObj(this::attach).toList();
    }

    TopologyChange detach(int number) {
        return new TopologyChange.VnicDetached(id(number));
    }

    /** Takes away vNICs 1 to last, and the bridge. */
    List<TopologyChange> end(int last) {
        List<TopologyChange> changes = new ArrayList<>();
        IntStream.rangeClosed(1, last).mapToObj(this::detach).forEach(changes::add);
        changes.add(new TopologyChange.BridgeDeleted(dpid));
        return changes;
    }

    VnicId id(int number) {
        return new VnicId(dpid + "-" + number);
    }
}

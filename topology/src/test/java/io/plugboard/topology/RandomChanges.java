package io.plugboard.topology;

import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Changes over so few names that they get into each other's way. */
final class RandomChanges {
    private static final List<DatapathId> BRIDGES = List.of(new DatapathId(1), new DatapathId(-1));
    private static final List<PortGroupName> PORT_GROUPS =
            List.of(new PortGroupName("a"), new PortGroupName("b"), new PortGroupName("c"));
    private static final List<VlanMode> VLANS = List.of(
            new VlanMode.Untagged(), new VlanMode.Access(new VlanId(1)), new VlanMode.Access(new VlanId(VlanId.MAX)));
    private static final List<String> PORT_NAMES = List.of("p0", "p1", "p2", "p3", "p4", "p5");
    private static final List<PortRef> PORTS = ports();
    private static final List<MacAddress> MACS =
            IntStream.range(1, 6).mapToObj(MacAddress::new).toList();
    private static final List<VnicId> VNICS =
            IntStream.range(0, 8).mapToObj(index -> new VnicId("v" + index)).toList();

    static final Facts.Universe UNIVERSE = new Facts.Universe(
            Set.copyOf(PORT_GROUPS),
            Set.copyOf(BRIDGES),
            Set.copyOf(PORTS),
            Set.copyOf(MACS),
            VLANS.stream().map(vlan -> vlan.vlans().first()).collect(Collectors.toSet()),
            IntStream.rangeClosed(0, Bridge.MAX_UPLINKS)
                    .mapToObj(UplinkPin::new)
                    .collect(Collectors.toSet()),
            4 * VNICS.size());

    private RandomChanges() {}

    private static List<PortRef> ports() {
        List<PortRef> ports = new ArrayList<>();
        PORT_NAMES.forEach(name -> ports.add(new PortRef.ByName(name)));
        ports.add(new PortRef.ByNumber(1));
        ports.add(new PortRef.ByNumber(PortRef.LOCAL));
        return ports;
    }

    /** Several transactions, one after the other. */
    static Arbitrary<List<List<TopologyChange>>> histories() {
        return change().list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(40);
    }

    private static Arbitrary<TopologyChange> change() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, portGroupPut()),
                Tuple.of(1, Arbitraries.of(PORT_GROUPS).map(TopologyChange.PortGroupDeleted::new)),
                Tuple.of(2, bridgePut()),
                Tuple.of(1, Arbitraries.of(BRIDGES).map(TopologyChange.BridgeDeleted::new)),
                Tuple.of(8, vnicAttached()),
                Tuple.of(3, Arbitraries.of(VNICS).map(TopologyChange.VnicDetached::new)),
                Tuple.of(3, migrationPrepared()),
                Tuple.of(1, Arbitraries.of(VNICS).map(TopologyChange.MigrationGivenUp::new)),
                Tuple.of(2, Arbitraries.of(VNICS).map(TopologyChange.MigrationActivated::new)),
                Tuple.of(2, Combinators.combine(Arbitraries.of(VNICS), places()).as(TopologyChange.PlaceLeft::new)));
    }

    private static Arbitrary<TopologyChange> migrationPrepared() {
        return Combinators.combine(Arbitraries.of(VNICS), places(), Arbitraries.of(ActivateOn.values()))
                .as(TopologyChange.MigrationPrepared::new);
    }

    private static Arbitrary<Place> places() {
        return Combinators.combine(Arbitraries.of(BRIDGES), Arbitraries.of(PORTS))
                .as(Place::new);
    }

    private static Arbitrary<TopologyChange> portGroupPut() {
        return Combinators.combine(Arbitraries.of(PORT_GROUPS), Arbitraries.of(VLANS))
                .as((name, vlan) -> new TopologyChange.PortGroupPut(new PortGroup(name, vlan)));
    }

    private static Arbitrary<TopologyChange> bridgePut() {
        Arbitrary<List<String>> uplinks =
                Arbitraries.of(PORT_NAMES).list().uniqueElements().ofMaxSize(3);
        return Combinators.combine(Arbitraries.of(BRIDGES), Arbitraries.of("", "host"), uplinks)
                .as((dpid, name, ports) -> new TopologyChange.BridgePut(new Bridge(dpid, name, ports)));
    }

    private static Arbitrary<TopologyChange> vnicAttached() {
        return Combinators.combine(Arbitraries.of(VNICS), places(), Arbitraries.of(MACS), Arbitraries.of(PORT_GROUPS))
                .as((id, place, mac, portGroup) ->
                        new TopologyChange.VnicAttached(new Vnic(id, place, mac, portGroup, Vnic.Source.REST)));
    }
}

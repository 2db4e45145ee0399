package io.plugboard.compiler.property;

import io.plugboard.compiler.property.Network.Event;
import io.plugboard.compiler.scenario.Scenario;
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
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Networks and what happens to them, out of so few names and numbers that they often get in each other's way. */
public final class RandomNetworks {
    /** Ports whose numbers and names come and go. */
    static final int PORTS = 14;

    private static final int CROWD = 150;

    /** The highest port number of any network. */
    public static final int LAST_PORT = PORTS + CROWD;

    private static final DatapathId OTHER_BRIDGE = DatapathId.parse("00000000000000b2");
    private static final int VNICS = 10;
    private static final List<String> PORT_GROUPS = List.of("g0", "g1", "g2", "g3");
    private static final List<Integer> VLANS = List.of(0, 100, 100, 200);
    private static final List<String> UPLINKS = List.of("up1", "up2", "up3");

    private RandomNetworks() {}

    /** Three uplinks of which two are used, port groups, some vNICs; sometimes as many as three links hold. */
    public static Arbitrary<Network> networks() {
        return Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(6, 8), Tuple.of(1, CROWD))
                .map(RandomNetworks::network);
    }

    private static Network network(int crowd) {
        Network.Changed network = Network.Changed.nothing(Network.EMPTY);
        for (int index = 0; index < UPLINKS.size(); index++) {
            network = network.then(new Network.PortSeen(index + 1, UPLINKS.get(index)));
        }
        for (int number = UPLINKS.size() + 1; number <= PORTS; number++) {
            network = network.then(new Network.PortSeen(number, "tap" + number));
        }
        for (int index = 0; index < PORT_GROUPS.size(); index++) {
            network = network.then(change(portGroupPut(PORT_GROUPS.get(index), VLANS.get(index))));
        }
        network = network.then(change(bridgePut(UPLINKS.subList(0, 2))));
        for (int index = 0; index < crowd; index++) {
            String name = "crowd" + index;
            network = network.then(new Network.PortSeen(PORTS + 1 + index, name))
                    .then(change(attached(
                            new VnicId(name),
                            Scenario.BRIDGE,
                            new PortRef.ByName(name),
                            mac(index + 1),
                            PORT_GROUPS.get(index % PORT_GROUPS.size()))));
        }
        return network.network();
    }

    public static Arbitrary<List<Event>> histories(int length) {
        return events().list().ofMaxSize(length);
    }

    private static Arbitrary<Event> events() {
        Arbitrary<Event> transactions =
                changes().list().ofMinSize(1).ofMaxSize(3).map(Network.Transaction::new);
        Arbitrary<Event> portsSeen = Combinators.combine(numbers(), portNames()).as(Network.PortSeen::new);
        Arbitrary<Event> portsGone = numbers().map(Network.PortGone::new);
        Arbitrary<Event> refusals = vnicIds().map(Network.RefusalToggled::new);
        return Arbitraries.frequencyOf(
                Tuple.of(12, transactions), Tuple.of(2, portsSeen), Tuple.of(1, portsGone), Tuple.of(1, refusals));
    }

    private static Arbitrary<TopologyChange> changes() {
        Arbitrary<TopologyChange> attachments = Combinators.combine(
                        vnicIds(),
                        Arbitraries.frequency(Tuple.of(9, Scenario.BRIDGE), Tuple.of(1, OTHER_BRIDGE)),
                        portRefs(),
                        macs(),
                        Arbitraries.of(PORT_GROUPS))
                .as(RandomNetworks::attached);
        Arbitrary<TopologyChange> detachments = vnicIds().map(TopologyChange.VnicDetached::new);
        Arbitrary<TopologyChange> portGroupsPut = Combinators.combine(
                        Arbitraries.of(PORT_GROUPS), Arbitraries.of(VLANS))
                .as(RandomNetworks::portGroupPut);
        Arbitrary<TopologyChange> portGroupsDeleted =
                Arbitraries.of(PORT_GROUPS).map(name -> new TopologyChange.PortGroupDeleted(new PortGroupName(name)));
        Arbitrary<TopologyChange> bridgesPut = Arbitraries.of("up1", "up2", "up3", "tap4")
                .list()
                .uniqueElements()
                .ofMaxSize(3)
                .map(RandomNetworks::bridgePut);
        Arbitrary<TopologyChange> bridgeDeleted = Arbitraries.just(new TopologyChange.BridgeDeleted(Scenario.BRIDGE));
        return Arbitraries.frequencyOf(
                Tuple.of(16, attachments),
                Tuple.of(3, detachments),
                Tuple.of(3, portGroupsPut),
                Tuple.of(1, portGroupsDeleted),
                Tuple.of(2, bridgesPut),
                Tuple.of(1, bridgeDeleted));
    }

    static Arbitrary<MacAddress> macs() {
        return Arbitraries.integers().between(1, 2 * VNICS).map(RandomNetworks::mac);
    }

    private static MacAddress mac(int number) {
        return new MacAddress(0x5254_0000_0000L + number);
    }

    private static Arbitrary<VnicId> vnicIds() {
        List<VnicId> ids = IntStream.range(0, VNICS)
                .mapToObj(number -> new VnicId("v" + number))
                .toList();
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(ids)),
                Tuple.of(1, Arbitraries.integers().between(0, CROWD - 1).map(number -> new VnicId("crowd" + number))));
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(1, PORTS);
    }

    private static Arbitrary<String> portNames() {
        return numbers().map(number -> number <= UPLINKS.size() ? UPLINKS.get(number - 1) : "tap" + number);
    }

    private static Arbitrary<PortRef> portRefs() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, portNames().map(PortRef.ByName::new)),
                Tuple.of(1, numbers().map(PortRef.ByNumber::new)));
    }

    private static Event change(TopologyChange change) {
        return new Network.Transaction(List.of(change));
    }

    private static TopologyChange attached(
            VnicId id, DatapathId bridge, PortRef port, MacAddress mac, String portGroup) {
        return new TopologyChange.VnicAttached(
                new Vnic(id, new Place(bridge, port), mac, new PortGroupName(portGroup), Vnic.Source.REST));
    }

    private static TopologyChange portGroupPut(String name, int vlan) {
        VlanMode mode = vlan == 0 ? new VlanMode.Untagged() : new VlanMode.Access(new VlanId(vlan));
        return new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName(name), mode));
    }

    private static TopologyChange bridgePut(List<String> uplinks) {
        return new TopologyChange.BridgePut(new Bridge(Scenario.BRIDGE, "br0", uplinks));
    }
}

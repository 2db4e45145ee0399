package io.plugboard.compiler.property;

import io.plugboard.compiler.property.Network.Event;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private static final List<List<String>> VLANS =
            List.of(List.of("0"), List.of("100"), List.of("100"), List.of("200"));
    private static final List<List<String>> TRUNKS =
            List.of(List.of("0-4094"), List.of("100-199"), List.of("1-100", "300"), List.of("0", "200"));
    static final String GROUP = "01:00:5e:01:02:03";
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
        Arbitrary<Vnic> vnics = Combinators.combine(
                        vnicIds(),
                        Arbitraries.frequency(Tuple.of(9, Scenario.BRIDGE), Tuple.of(1, OTHER_BRIDGE)),
                        portRefs(),
                        macs(),
                        Arbitraries.of(PORT_GROUPS))
                .as(RandomNetworks::vnic);
        Arbitrary<TopologyChange> attachments = Combinators.combine(
                        vnics,
                        policies(),
                        sharedMacs().set().ofMaxSize(2).optional(0.3),
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
                .as((vnic, security, allowed, router) -> new Vnic(
                        vnic.id(),
                        vnic.place(),
                        vnic.mac(),
                        vnic.portGroup(),
                        vnic.source(),
                        security,
                        new TreeSet<>(allowed.orElse(Set.of())),
                        new TreeSet<>(),
                        router))
                .map(TopologyChange.VnicAttached::new);
        Arbitrary<TopologyChange> detachments = vnicIds().map(TopologyChange.VnicDetached::new);
        Arbitrary<TopologyChange> filters =
                Combinators.combine(vnicIds(), filters().optional(0.9)).as(TopologyChange.RxFilterReported::new);
        Arbitrary<TopologyChange> portGroupsPut = Combinators.combine(
                        Arbitraries.of(PORT_GROUPS),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.of(VLANS).map(RandomNetworks::access)),
                                Tuple.of(1, Arbitraries.of(TRUNKS).map(ids -> new VlanMode.Trunk(VlanSet.parse(ids))))),
                        policies(),
                        teams().optional(0.4),
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
                .as((name, vlan, security, team, control) -> new TopologyChange.PortGroupPut(new PortGroup(
                        new PortGroupName(name),
                        vlan,
                        security,
                        team,
                        Optional.empty(),
                        AnnouncePolicy.INHERITED,
                        control)));
        Arbitrary<TopologyChange> portGroupsDeleted =
                Arbitraries.of(PORT_GROUPS).map(name -> new TopologyChange.PortGroupDeleted(new PortGroupName(name)));
        Arbitrary<TopologyChange> bridgesPut = Combinators.combine(
                        Arbitraries.of("up1", "up2", "up3", "tap4")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        policies(),
                        teams().optional(0.3))
                .as((uplinks, security, team) -> new TopologyChange.BridgePut(
                        new Bridge(Scenario.BRIDGE, "br0", uplinks, security, team, Optional.empty())));
        Arbitrary<TopologyChange> uplinkStates = Combinators.combine(
                        Arbitraries.of(UPLINKS), Arbitraries.of(true, false))
                .as((uplink, up) -> new TopologyChange.UplinkStateChanged(Scenario.BRIDGE, uplink, up));
        Arbitrary<TopologyChange> settled = Arbitraries.of(UPLINKS)
                .map(uplink -> new TopologyChange.UplinkSettled(
                        Scenario.BRIDGE, uplink, TeamingPolicy.DEFAULT_FAILBACK_DELAY));
        Arbitrary<TopologyChange> bridgeDeleted = Arbitraries.just(new TopologyChange.BridgeDeleted(Scenario.BRIDGE));
        return Arbitraries.frequencyOf(
                Tuple.of(16, attachments),
                Tuple.of(3, detachments),
                Tuple.of(12, filters),
                Tuple.of(2, uplinkStates),
                Tuple.of(1, settled),
                Tuple.of(3, portGroupsPut),
                Tuple.of(1, portGroupsDeleted),
                Tuple.of(2, bridgesPut),
                Tuple.of(1, bridgeDeleted));
    }

    private static Arbitrary<SecurityPolicy> policies() {
        Arbitrary<Optional<Setting>> setting = Arbitraries.of(Setting.class).optional(0.6);
        return Combinators.combine(setting, setting, setting).as(SecurityPolicy::new);
    }

    private static Arbitrary<TeamingPolicy> teams() {
        return Combinators.combine(
                        Arbitraries.of(TeamingPolicy.Selection.class),
                        Arbitraries.of(UPLINKS).list().uniqueElements().ofMaxSize(3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false))
                .as((selection, uplinks, active, failback) -> new TeamingPolicy(
                        selection,
                        uplinks.subList(0, Math.min(active, uplinks.size())),
                        uplinks.subList(Math.min(active, uplinks.size()), uplinks.size()),
                        failback,
                        TeamingPolicy.DEFAULT_FAILBACK_DELAY));
    }

    /** Of a guest that keeps its MAC, takes a shared one, or its neighbour's. */
    private static Arbitrary<RxFilter> filters() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(3, macs()), Tuple.of(1, sharedMacs())),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
                        Arbitraries.of(GROUP, "33:33:00:00:00:01", "01:80:c2:00:00:02", Scenario.BROADCAST)
                                .map(MacAddress::parse)
                                .set()
                                .ofMaxSize(3),
                        Arbitraries.frequencyOf(Tuple.of(1, macs()), Tuple.of(2, sharedMacs()))
                                .set()
                                .ofMaxSize(2))
                .as((mac, promiscuous, all, multicast, unicast) -> new RxFilter(
                        mac, promiscuous, all, new TreeSet<>(multicast), new TreeSet<>(unicast), Optional.empty()));
    }

    private static Arbitrary<MacAddress> sharedMacs() {
        return Arbitraries.integers().between(1, 2).map(number -> new MacAddress(0x0000_5e00_0100L + number));
    }

    static Arbitrary<MacAddress> addresses() {
        return Arbitraries.frequencyOf(Tuple.of(3, macs()), Tuple.of(2, sharedMacs()));
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

    private static Vnic vnic(VnicId id, DatapathId bridge, PortRef port, MacAddress mac, String portGroup) {
        return new Vnic(id, new Place(bridge, port), mac, new PortGroupName(portGroup), Vnic.Source.REST);
    }

    private static TopologyChange attached(
            VnicId id, DatapathId bridge, PortRef port, MacAddress mac, String portGroup) {
        return new TopologyChange.VnicAttached(vnic(id, bridge, port, mac, portGroup));
    }

    private static VlanMode access(List<String> vlan) {
        VlanId id = new VlanId(Integer.parseInt(vlan.get(0)));
        return id.isTagged() ? new VlanMode.Access(id) : new VlanMode.Untagged();
    }

    private static TopologyChange portGroupPut(String name, List<String> vlan) {
        return new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName(name), access(vlan)));
    }

    private static TopologyChange bridgePut(List<String> uplinks) {
        return new TopologyChange.BridgePut(new Bridge(Scenario.BRIDGE, "br0", uplinks));
    }
}

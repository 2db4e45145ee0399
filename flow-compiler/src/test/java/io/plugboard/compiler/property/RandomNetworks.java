package io.plugboard.compiler.property;

import io.plugboard.compiler.property.Network.Event;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Networks and what happens to them, out of so few names and numbers that they often get in each other's way. */
public final class RandomNetworks {
    /** Ports whose numbers and names come and go. */
    static final int PORTS = 14;

    private static final int FEW = 8;
    private static final int CROWD = 150;

    /** The highest port number of any network. */
    public static final int LAST_PORT = PORTS + CROWD;

    private static final DatapathId OTHER_BRIDGE = DatapathId.parse("00000000000000b2");
    private static final int VNICS = 10;
    private static final List<String> PORT_GROUPS = List.of("g0", "g1", "g2", "g3");
    private static final List<String> VLANS = List.of("0", "100", "100", "200");
    private static final List<List<String>> TRUNKS =
            List.of(List.of("0-4094"), List.of("100-199"), List.of("1-100", "300"), List.of("0", "200"));

    /** The VLANs of the port groups, in their order; those in brackets are trunks. */
    private static final List<List<String>> LAYOUTS = List.of(
            VLANS,
            List.of("0", "100", "100", "[0-4094]"),
            List.of("[100-199]", "100", "100", "[0-4094]"),
            List.of("[0,200]", "0", "100", "200"));

    static final String GROUP = "01:00:5e:01:02:03";
    private static final List<String> UPLINKS = List.of("up1", "up2", "up3");
    private static final List<MacAddress> MACS =
            IntStream.range(0, 2 * VNICS).mapToObj(RandomNetworks::mac).toList();

    /** Of VRRP (RFC 9568, section 7.3). */
    private static final List<MacAddress> SHARED =
            List.of(MacAddress.parse("00:00:5e:00:01:01"), MacAddress.parse("00:00:5e:00:01:02"));

    /** All unicast addresses that anybody has, but for most of a crowd's: more than a receive filter may name. */
    static final List<MacAddress> ADDRESSES =
            Stream.concat(MACS.stream(), SHARED.stream()).toList();

    private RandomNetworks() {}

    /** Up to three uplinks, port groups, some vNICs; sometimes as many as three links hold. */
    public static Arbitrary<Network> networks() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(12, FEW), Tuple.of(1, CROWD)),
                        Arbitraries.of(LAYOUTS),
                        Arbitraries.frequency(Tuple.of(4, 2), Tuple.of(2, 3), Tuple.of(2, 1), Tuple.of(1, 0)))
                .as(RandomNetworks::network);
    }

    private static Network network(int crowd, List<String> layout, int uplinks) {
        List<Observed.Port> ports = new ArrayList<>();
        IntStream.rangeClosed(1, PORTS).forEach(number -> ports.add(port(number, portName(number))));
        List<TopologyChange> changes = new ArrayList<>();
        for (int index = 0; index < PORT_GROUPS.size(); index++) {
            changes.add(new TopologyChange.PortGroupPut(
                    new PortGroup(new PortGroupName(PORT_GROUPS.get(index)), mode(layout.get(index)))));
        }
        changes.add(new TopologyChange.BridgePut(new Bridge(Scenario.BRIDGE, "br0", UPLINKS.subList(0, uplinks))));
        for (int index = 0; index < crowd; index++) {
            VnicId id = new VnicId("crowd" + index);
            String portGroup = PORT_GROUPS.get(index % PORT_GROUPS.size());
            ports.add(port(PORTS + 1 + index, id.text()));
            changes.add(new TopologyChange.VnicAttached(
                    vnic(id, Scenario.BRIDGE, new PortRef.ByName(id.text()), macOf(id), portGroup)));
        }
        try {
            return new Network(Topology.EMPTY.apply(changes).topology(), Observed.of(ports), Set.of());
        } catch (ChangeRejected rejected) {
            throw new IllegalStateException(rejected);
        }
    }

    private static Observed.Port port(int number, String name) {
        return new Observed.Port(number, name, new MacAddress(0), true);
    }

    private static String portName(int number) {
        return number <= UPLINKS.size() ? UPLINKS.get(number - 1) : "tap" + number;
    }

    private static VlanMode mode(String vlans) {
        if (vlans.startsWith("[")) {
            return trunk(List.of(vlans.substring(1, vlans.length() - 1).split(",")));
        }
        VlanId id = new VlanId(Integer.parseInt(vlans));
        return id.isTagged() ? new VlanMode.Access(id) : new VlanMode.Untagged();
    }

    private static VlanMode trunk(List<String> idsAndRanges) {
        return new VlanMode.Trunk(VlanSet.parse(idsAndRanges));
    }

    /** As many events as this, or fewer. */
    public static Arbitrary<List<Event>> histories(int length) {
        return events().list().ofMaxSize(length).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Event> events() {
        Arbitrary<Event> transactions =
                changes().list().ofMinSize(1).ofMaxSize(3).map(Network.Transaction::new);
        Arbitrary<Event> portsSeen = Combinators.combine(numbers(), portNames()).as(Network.PortSeen::new);
        Arbitrary<Event> portsGone = numbers().map(Network.PortGone::new);
        Arbitrary<Event> refusals = vnicIds().map(Network.RefusalToggled::new);
        return Arbitraries.frequencyOf(
                Tuple.of(20, transactions), Tuple.of(2, portsSeen), Tuple.of(1, portsGone), Tuple.of(1, refusals));
    }

    private static Arbitrary<TopologyChange> changes() {
        Arbitrary<Vnic> vnics = Combinators.combine(
                        vnicIds(),
                        Arbitraries.frequency(Tuple.of(9, Scenario.BRIDGE), Tuple.of(1, OTHER_BRIDGE)),
                        portRefs(),
                        macs().optional(0.2),
                        Arbitraries.of(PORT_GROUPS))
                .as((id, bridge, port, mac, portGroup) -> vnic(id, bridge, port, mac.orElse(macOf(id)), portGroup));
        Arbitrary<TopologyChange> attachments = Combinators.combine(
                        vnics,
                        policies(),
                        addresses().set().ofMaxSize(2).optional(0.3),
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
        Arbitrary<TopologyChange> filters = Combinators.combine(
                        vnicIds(), filters().optional(0.9), Arbitraries.of(true, true, true, false))
                .as((id, filter, isHonest) -> new TopologyChange.RxFilterReported(
                        id, isHonest ? filter.map(other -> ownFilter(id, other)) : filter));
        Arbitrary<TopologyChange> portGroupsPut = Combinators.combine(
                        Arbitraries.of(PORT_GROUPS),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.of(VLANS).map(RandomNetworks::mode)),
                                Tuple.of(1, Arbitraries.of(TRUNKS).map(RandomNetworks::trunk))),
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
        Arbitrary<TopologyChange> prepared = Combinators.combine(
                        vnicIds(),
                        Arbitraries.of(Scenario.BRIDGE, OTHER_BRIDGE),
                        portRefs(),
                        Arbitraries.of(ActivateOn.values()))
                .as((id, bridge, port, activateOn) ->
                        new TopologyChange.MigrationPrepared(id, new Place(bridge, port), activateOn));
        Arbitrary<TopologyChange> activated = vnicIds().map(TopologyChange.MigrationActivated::new);
        Arbitrary<TopologyChange> left = Combinators.combine(
                        vnicIds(), Arbitraries.of(Scenario.BRIDGE, OTHER_BRIDGE), portRefs())
                .as((id, bridge, port) -> new TopologyChange.PlaceLeft(id, new Place(bridge, port)));
        Arbitrary<TopologyChange> bridgeDeleted = Arbitraries.just(new TopologyChange.BridgeDeleted(Scenario.BRIDGE));
        return Arbitraries.frequencyOf(
                Tuple.of(16, attachments),
                Tuple.of(3, detachments),
                Tuple.of(4, prepared),
                Tuple.of(6, activated),
                Tuple.of(1, left),
                Tuple.of(16, filters),
                Tuple.of(3, uplinkStates),
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
                        Arbitraries.frequencyOf(
                                Tuple.of(
                                        9,
                                        Arbitraries.frequencyOf(Tuple.of(1, macs()), Tuple.of(2, sharedMacs()))
                                                .set()
                                                .ofMaxSize(2)),
                                Tuple.of(1, Arbitraries.just(Set.copyOf(ADDRESSES)))))
                .as((mac, promiscuous, all, multicast, unicast) -> new RxFilter(
                        mac, promiscuous, all, new TreeSet<>(multicast), new TreeSet<>(unicast), Optional.empty()));
    }

    private static RxFilter ownFilter(VnicId id, RxFilter filter) {
        return new RxFilter(
                macOf(id),
                filter.promiscuous(),
                filter.allMulticast(),
                filter.multicast(),
                filter.unicast(),
                filter.vlans());
    }

    private static Arbitrary<MacAddress> sharedMacs() {
        return Arbitraries.of(SHARED);
    }

    /** Shared ones, and some that a vNIC may have as its own. */
    private static Arbitrary<MacAddress> addresses() {
        return Arbitraries.frequencyOf(Tuple.of(1, macs()), Tuple.of(3, sharedMacs()));
    }

    private static Arbitrary<MacAddress> macs() {
        return Arbitraries.of(MACS);
    }

    private static MacAddress mac(int number) {
        return new MacAddress(0x5254_0000_0001L + number);
    }

    /** The one that this vNIC has most often. */
    private static MacAddress macOf(VnicId id) {
        String text = id.text();
        return text.startsWith("crowd")
                ? mac(VNICS + Integer.parseInt(text.substring("crowd".length())))
                : mac(Integer.parseInt(text.substring(1)));
    }

    private static Arbitrary<VnicId> vnicIds() {
        List<VnicId> ids = IntStream.range(0, VNICS)
                .mapToObj(number -> new VnicId("v" + number))
                .toList();
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(ids)),
                Tuple.of(6, Arbitraries.integers().between(0, FEW - 1).map(number -> new VnicId("crowd" + number))),
                Tuple.of(1, Arbitraries.integers().between(0, CROWD - 1).map(number -> new VnicId("crowd" + number))));
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(1, PORTS);
    }

    private static Arbitrary<String> portNames() {
        return numbers().map(RandomNetworks::portName);
    }

    private static Arbitrary<PortRef> portRefs() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, portNames().map(PortRef.ByName::new)),
                Tuple.of(1, numbers().map(PortRef.ByNumber::new)));
    }

    private static Vnic vnic(VnicId id, DatapathId bridge, PortRef port, MacAddress mac, String portGroup) {
        return new Vnic(id, new Place(bridge, port), mac, new PortGroupName(portGroup), Vnic.Source.REST);
    }
}

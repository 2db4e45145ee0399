package io.plugboard.compiler.scenario;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bridge and what is plugged into it. Every port has the name of its vNIC or uplink, and the next free number from 1;
 * the vNIC on port number n has the MAC 52:54:00:00:00:n.
 */
public final class Scenario {
    public static final DatapathId BRIDGE = DatapathId.parse("00000000000000a1");
    public static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    public static final String MULTICAST = "01:00:5e:00:00:fb";
    /** A MAC that no vNIC of any scenario has. */
    public static final String STRANGER = "02:00:00:00:00:99";

    private static final long FIRST_MAC = 0x5254_0000_0000L;

    private Topology topology = Topology.EMPTY;
    private Observed observed = Observed.NO_PORTS;
    private final Set<VnicId> withheld = new HashSet<>();
    private final Set<VnicId> asked = new HashSet<>();
    private int lastPort;

    @Nullable
    private Simulator simulator;

    /** Another bridge, which nobody has put. */
    private static final DatapathId ELSEWHERE = DatapathId.parse("00000000000000e1");

    private Scenario() {}

    /** A bridge that has these uplinks, and the ports they need. */
    public static Scenario withUplinks(String... uplinks) {
        Scenario scenario = new Scenario();
        List.of(uplinks).forEach(scenario::port);
        return scenario.uplinks(uplinks);
    }

    /** The bridge has these uplinks, and no others, from now on. */
    public Scenario uplinks(String... uplinks) {
        return apply(new TopologyChange.BridgePut(new Bridge(BRIDGE, "br0", List.of(uplinks))));
    }

    /** The bridge with other policies. */
    public Scenario bridge(UnaryOperator<Bridge> change) {
        Bridge bridge = topology.bridge(BRIDGE).orElseThrow().bridge();
        return apply(new TopologyChange.BridgePut(change.apply(bridge)));
    }

    /** A port group with other policies. */
    public Scenario portGroup(String name, UnaryOperator<PortGroup> change) {
        PortGroup portGroup =
                topology.portGroup(new PortGroupName(name)).orElseThrow().portGroup();
        return apply(new TopologyChange.PortGroupPut(change.apply(portGroup)));
    }

    /** @param idsAndRanges such as 300 and 100-199 */
    public Scenario trunk(String name, String... idsAndRanges) {
        VlanMode mode = new VlanMode.Trunk(VlanSet.parse(List.of(idsAndRanges)));
        return apply(new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName(name), mode)));
    }

    /** A vNIC with other properties. */
    public Scenario vnic(String name, UnaryOperator<Vnic> change) {
        return apply(
                new TopologyChange.VnicAttached(change.apply(attachment(name).vnic())));
    }

    /** A vNIC whose guest has another receive filter: from an exact one without any group address, if none was reported. */
    public Scenario filter(String name, UnaryOperator<RxFilter> change) {
        Attachment attachment = attachment(name);
        RxFilter before = attachment
                .rxFilter()
                .orElseGet(() -> RxFilter.exact(attachment.vnic().mac(), List.of()));
        return apply(new TopologyChange.RxFilterReported(attachment.id(), Optional.of(change.apply(before))));
    }

    /** The vNIC's guest listens to these group addresses, and to no others. */
    public Scenario listening(String name, String... groups) {
        return filter(
                name,
                filter -> new RxFilter(
                        filter.mac(), filter.promiscuous(), false, macs(groups), filter.unicast(), filter.vlans()));
    }

    /** The vNIC's guest sets the promiscuous flag, or clears it. */
    public Scenario promiscuous(String name, boolean flag) {
        return filter(
                name,
                filter -> new RxFilter(
                        filter.mac(),
                        flag,
                        filter.allMulticast(),
                        filter.multicast(),
                        filter.unicast(),
                        filter.vlans()));
    }

    /** The vNIC's guest uses this MAC. */
    public Scenario using(String name, String mac) {
        return filter(
                name,
                filter -> new RxFilter(
                        address(mac),
                        filter.promiscuous(),
                        filter.allMulticast(),
                        filter.multicast(),
                        filter.unicast(),
                        filter.vlans()));
    }

    /** Nobody knows the vNIC's receive filter any more. */
    public Scenario filterUnknown(String name) {
        return apply(new TopologyChange.RxFilterReported(new VnicId(name), Optional.empty()));
    }

    public SortedSet<MacAddress> macs(String... texts) {
        return Stream.of(texts).map(this::address).collect(Collectors.toCollection(TreeSet::new));
    }

    public EffectiveVnic effective(String name) {
        return topology.effective(attachment(name));
    }

    private Attachment attachment(String name) {
        return topology.attachment(new VnicId(name)).orElseThrow();
    }

    /** @param vlan 0 for untagged */
    public Scenario portGroup(String name, int vlan) {
        VlanMode mode = vlan == 0 ? new VlanMode.Untagged() : new VlanMode.Access(new VlanId(vlan));
        return apply(new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName(name), mode)));
    }

    /** New ports of these names, and a vNIC in each. */
    public Scenario vnics(String portGroup, String... names) {
        for (String name : names) {
            port(name);
            vnic(portGroup, name, new PortRef.ByName(name), mac(lastPort));
        }
        return this;
    }

    /** As many vNICs, called NAME1, NAME2 and so on. */
    public Scenario manyVnics(String portGroup, String name, int count) {
        for (int number = 1; number <= count; number++) {
            vnics(portGroup, name + number);
        }
        return this;
    }

    public Scenario vnic(String portGroup, String name, PortRef port, MacAddress mac) {
        return apply(new TopologyChange.VnicAttached(new Vnic(
                new VnicId(name), new Place(BRIDGE, port), mac, new PortGroupName(portGroup), Vnic.Source.REST)));
    }

    /** A port that is nobody's, unless a vNIC or an uplink asks for it. */
    public Scenario port(String name) {
        return port(++lastPort, name);
    }

    public Scenario port(int number, String name) {
        observed = observed.with(new Observed.Port(number, name, mac(0), true));
        return changed();
    }

    public Scenario withoutPort(String name) {
        observed = observed.without(portNumber(name));
        return changed();
    }

    public Scenario withheld(String vnic) {
        withheld.add(new VnicId(vnic));
        return changed();
    }

    /** The vNIC's guest has been asked for its multicast groups. */
    public Scenario asked(String vnic) {
        asked.add(new VnicId(vnic));
        return changed();
    }

    /** New vNICs of these names, active elsewhere, each about to move to a new port here. */
    public Scenario arriving(String portGroup, ActivateOn activateOn, String... names) {
        for (String name : names) {
            port(name);
            Vnic vnic = new Vnic(
                    new VnicId(name),
                    new Place(ELSEWHERE, new PortRef.ByName(name)),
                    mac(lastPort),
                    new PortGroupName(portGroup),
                    Vnic.Source.REST);
            apply(
                    new TopologyChange.VnicAttached(vnic),
                    new TopologyChange.MigrationPrepared(
                            vnic.id(), new Place(BRIDGE, new PortRef.ByName(name)), activateOn));
        }
        return this;
    }

    /** The vNIC that is about to move here has moved. */
    public Scenario arrived(String name) {
        return apply(new TopologyChange.MigrationActivated(new VnicId(name)));
    }

    /** The vNIC has moved to another bridge, which has not got it yet. */
    public Scenario leaving(String name) {
        return vnic(name, vnic -> vnic.at(new Place(ELSEWHERE, new PortRef.ByName(name))));
    }

    /** The other bridge has it. */
    public Scenario left(String name) {
        Attachment attachment = attachment(name);
        return apply(new TopologyChange.PlaceLeft(
                attachment.id(), attachment.departing().orElseThrow().place()));
    }

    public Scenario apply(TopologyChange... changes) {
        try {
            topology = topology.apply(List.of(changes)).topology();
        } catch (ChangeRejected rejected) {
            throw new AssertionError("the scenario contradicts itself", rejected);
        }
        return changed();
    }

    public BridgeView view() {
        return new BridgeView(topology, BRIDGE, observed, withheld, asked);
    }

    public FlowProgram program() {
        return FlowCompiler.compile(view());
    }

    /**
     * A frame that is not IP, from the vNIC, uplink or other port of this name. Its source is the vNIC's MAC, else
     * {@link #STRANGER}.
     *
     * @param to a vNIC, or a MAC
     */
    public SentFrame frame(String from, String to) {
        return new SentFrame(this, from, Frame.of(address(to), vnicMac(from).orElse(address(STRANGER)), EtherType.ARP));
    }

    /** What becomes of it. */
    public Trace run(SentFrame sent) {
        if (simulator == null) {
            simulator = new Simulator(program());
        }
        return simulator.run(sent.frame(), portNumber(sent.from()));
    }

    /** The MAC of the vNIC of this name, else the MAC that the text spells. */
    MacAddress address(String text) {
        return vnicMac(text).orElseGet(() -> MacAddress.parse(text));
    }

    int portNumber(String name) {
        return observed.port(new PortRef.ByName(name)).orElseThrow().number();
    }

    /** The name of a port, or its number where the bridge has none such. */
    String portName(int number) {
        return Optional.ofNullable(observed.ports().get(number))
                .map(Observed.Port::name)
                .orElseGet(() -> Integer.toUnsignedString(number));
    }

    private Optional<MacAddress> vnicMac(String name) {
        return topology.attachments().values().stream()
                .filter(attachment -> attachment.id().text().equals(name))
                .map(attachment -> attachment.vnic().mac())
                .findAny();
    }

    private static MacAddress mac(int number) {
        return new MacAddress(FIRST_MAC + number);
    }

    private Scenario changed() {
        simulator = null;
        return this;
    }
}

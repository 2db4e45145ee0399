package io.plugboard.it.wire;

import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A controller and three hosts, for all scenarios together. Each port leads to a cable's end that is ours, but for
 * {@code team}'s and {@code far}'s uplinks, which are plugged into a physical switch that learns:
 *
 * <pre>
 *     alone-1 … alone-8     team-1 … team-6    far-1 … far-3
 *         │  │  │               │  │  │           │  │
 *      ┌──┴──┴──┴──┐         ┌──┴──┴──┴──┐     ┌──┴──┴──┐
 *      │   alone   │         │   team    │     │  far   │     bridges that Plugboard keeps
 *      └┬────┬────┬┘         └──┬─────┬──┘     └───┬────┘
 *      up1  up2  up3           t1     t2           f1
 *                               │     │            │
 *                            ┌──┴─────┴────────────┴──┐
 *                            │        physical        ├── outside
 *                            └────────────────────────┘
 * </pre>
 */
final class Lab implements AutoCloseable {
    static final Host ALONE = new Host("alone", new DatapathId(0xa1), 8, List.of("up1", "up2", "up3"));
    static final Host TEAM = new Host("team", new DatapathId(0xa2), 6, List.of("t1", "t2"));
    static final Host FAR = new Host("far", new DatapathId(0xa3), 3, List.of("f1"));
    static final List<Host> HOSTS = List.of(ALONE, TEAM, FAR);
    /** A machine on the physical switch. */
    static final String OUTSIDE = "outside";

    private static final String PHYSICAL = "physical";
    private static final String CLOCK = "clock";

    private final Namespace namespace = Namespace.create();
    private final OpenVSwitch ovs =
            OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, Cables.onOneCpu(namespace.entering()));
    private final Plugboard plugboard = Plugboard.start();
    private final List<ControllerSocket> sockets = new ArrayList<>();
    private final Cables cables;
    private final RestClient rest = plugboard.rest();
    private final Set<String> cut = new TreeSet<>();
    private long frames;

    /** @param ports for vNICs, beside those of the uplinks */
    record Host(String name, DatapathId dpid, int ports, List<String> uplinks) {
        List<String> vnicPorts() {
            return IntStream.rangeClosed(1, ports)
                    .mapToObj(number -> name + "-" + number)
                    .toList();
        }
    }

    private Lab() {
        List<String> withOurEnd = new ArrayList<>(List.of("clock-1", "clock-2", OUTSIDE));
        withOurEnd.addAll(ALONE.uplinks());
        HOSTS.forEach(host -> withOurEnd.addAll(host.vnicPorts()));
        List<String> betweenBridges =
                Stream.of(TEAM, FAR).flatMap(host -> host.uplinks().stream()).toList();
        namespace.ip(Stream.concat(withOurEnd.stream(), betweenBridges.stream())
                .flatMap(Lab::cable)
                .toList());

        ovs.addBridge(CLOCK, new DatapathId(0xc1));
        plug(CLOCK, List.of("clock-1", "clock-2"));
        ovs.ofctl("add-flow", CLOCK, "in_port=clock-1,actions=output:clock-2");
        ovs.addBridge(PHYSICAL, new DatapathId(0xc2));
        ovs.vsctl("set", "Bridge", PHYSICAL, "other-config:forward-bpdu=true");
        plug(PHYSICAL, List.of(OUTSIDE));
        plug(PHYSICAL, betweenBridges.stream().map(Lab::farEnd).toList());
        ovs.ofctl("add-flow", PHYSICAL, "actions=NORMAL");
        for (Host host : HOSTS) {
            ovs.addBridge(host.name(), host.dpid());
            plug(host.name(), host.vnicPorts());
            plug(host.name(), host.uplinks());
            sockets.add(new ControllerSocket(ovs.controllerSocket(host.name()), plugboard.openFlow()));
            ovs.setController(host.name());
        }
        cables = new Cables(
                namespace, withOurEnd.stream().map(Lab::farEnd).toList(), farEnd("clock-1"), farEnd("clock-2"));
    }

    static Stream<String> cable(String port) {
        return Stream.of(
                "link add " + port + " type veth peer name " + farEnd(port),
                "link set " + port + " up",
                "link set " + farEnd(port) + " up");
    }

    /** The device at the other end of the cable. */
    static String farEnd(String port) {
        return port + "-end";
    }

    private void plug(String bridge, List<String> ports) {
        ovs.vsctl(ports.stream()
                .flatMap(port -> Stream.of("--", "add-port", bridge, port))
                .toArray(String[]::new));
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    RestClient rest() {
        return rest;
    }

    Cables cables() {
        return cables;
    }

    /** Different for each frame that is sent in this lab. */
    long nextFrame() {
        return ++frames;
    }

    /** Takes a device down: its own port if it is a port, that of the other end of the cable if not. */
    void cut(String device) {
        namespace.ip(List.of("link set " + device + " down"));
        cut.add(device);
    }

    void mend(String device) {
        namespace.ip(List.of("link set " + device + " up"));
        cut.remove(device);
    }

    void mendAll() {
        List.copyOf(cut).forEach(this::mend);
    }

    /** The physical switch no longer knows where it has seen whom, nor does its datapath, which would tell it again. */
    void forgetAddresses() {
        ovs.forgetDecisions();
        ovs.appctl("fdb/flush", PHYSICAL);
    }

    @Override
    public void close() {
        cables.close();
        plugboard.close();
        sockets.forEach(ControllerSocket::close);
        ovs.close();
        namespace.close();
    }

    /** Gives each test a network of its own, in one lab that all of them share. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(Network.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Network.in(context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Lab.class))
                    .computeIfAbsent(Lab.class, unused -> new Lab(), Lab.class));
        }
    }
}

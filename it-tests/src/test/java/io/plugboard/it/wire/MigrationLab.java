package io.plugboard.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.Operation;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two hosts on two physical switches, which learn addresses and snoop IGMP, and a guest that can run on either. Of each cable
 * the device that is named has its other end in the same drawing:
 *
 * <pre>
 *     source                                 a machine
 *       │
 *     ┌─┴────┐    between    ┌───────┐
 *     │ left ├───────────────┤ right │       physical switches
 *     └─┬────┘               └───┬───┘
 *      up1                      up2
 *     ┌─┴────┐               ┌───┴───┐
 *     │host1 │               │ host2 │       bridges that Plugboard keeps
 *     └┬────┬┘               └┬─────┬┘
 *    near1 guest1          guest2  near2
 *           │                 │
 *          ┌┴─────────────────┴┐
 *          │    hypervisors    │             lets the guest's frames through at the place where it runs, and only there
 *          └─────────┬─────────┘
 *                   card                     the guest, in a network namespace of its own
 * </pre>
 */
final class MigrationLab implements AutoCloseable {
    static final String VNIC = "wanderer";
    static final MacAddress MAC = MacAddress.parse("52:54:00:00:77:02");
    static final MacAddress SOURCE_MAC = MacAddress.parse("02:00:00:00:77:01");
    static final Ipv4Address ADDRESS = Ipv4Address.parse("10.77.0.2");
    static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    static final VlanId VLAN = new VlanId(100);

    /** Behind what is to be waited for. */
    static final String PATIENTLY = "&timeoutMs=60000";

    private static final String PORT_GROUP = "red";
    private static final String HYPERVISORS = "hypervisors";
    private static final List<String> WATCHED =
            List.of("source-end", "up1", "up2", "guest1-end", "guest2-end", "near1-end", "near2-end", "card");

    private final Namespace network = Namespace.create();
    private final Namespace guest = Namespace.create();
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, network.entering());
    private final Map<Host, ControllerSocket> sockets = new HashMap<>();
    private final InetSocketAddress controller;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Watch watch;

    /** A host, with what is plugged into its bridge. */
    enum Host {
        HOST1(0xb1),
        HOST2(0xb2);

        private final DatapathId dpid;

        Host(long dpid) {
            this.dpid = new DatapathId(dpid);
        }

        DatapathId dpid() {
            return dpid;
        }

        Host other() {
            return this == HOST1 ? HOST2 : HOST1;
        }

        String bridge() {
            return "host" + number();
        }

        /** The port of the guest. */
        String port() {
            return "guest" + number();
        }

        /** The port of a neighbour. */
        String near() {
            return "near" + number();
        }

        String uplink() {
            return "up" + number();
        }

        private int number() {
            return ordinal() + 1;
        }
    }

    /** @param controller where it waits for switches */
    MigrationLab(InetSocketAddress controller) {
        this.controller = controller;
        ovs.vsctl("set", "Open_vSwitch", ".", "other_config:max-revalidator=100");
        cables("source", "near1", "near2", "guest1", "guest2", "up1", "up2", "between", "card");
        network.ip(List.of("link set card-end netns " + guest.pid()));
        guest.ip(List.of(
                "link set card-end address " + MAC,
                "link set card-end up",
                "addr add " + ADDRESS + "/24 dev card-end"));

        physicalSwitch("left", 0xd1, "source", "up1-end", "between");
        physicalSwitch("right", 0xd2, "between-end", "up2-end");
        // Reports go to where a router has been heard, and none is here: so the switches say it of the cable between
        // them.
        // Otherwise each would keep to itself which groups are asked for on it.
        for (String between : List.of("between", "between-end")) {
            ovs.vsctl("set", "Port", between, "other_config:mcast-snooping-flood-reports=true");
        }
        ovs.addBridge(HYPERVISORS, new DatapathId(0xd3));
        plug(HYPERVISORS, "card", "guest1-end", "guest2-end");
        for (Host host : Host.values()) {
            ovs.addBridge(host.bridge(), host.dpid());
            plug(host.bridge(), host.uplink(), host.port(), host.near());
            connect(host);
            ovs.setController(host.bridge());
        }
        watch = Watch.of(network, WATCHED);
    }

    private void cables(String... names) {
        network.ip(Stream.of(names)
                .flatMap(name -> Stream.of(
                        "link add " + name + " type veth peer name " + name + "-end",
                        "link set " + name + " up",
                        "link set " + name + "-end up"))
                .toList());
    }

    private void physicalSwitch(String name, long dpid, String... ports) {
        ovs.addBridge(name, new DatapathId(dpid));
        ovs.vsctl(
                "set",
                "Bridge",
                name,
                "fail_mode=standalone",
                "mcast_snooping_enable=true",
                "other_config:mcast-snooping-disable-flood-unregistered=true",
                // The shortest that Open vSwitch takes, in seconds.
                "other_config:mcast-snooping-aging-time=15",
                "other_config:mac-aging-time=15");
        plug(name, ports);
    }

    private void plug(String bridge, String... ports) {
        ovs.vsctl(Stream.of(ports)
                .flatMap(port -> Stream.of("--", "add-port", bridge, port))
                .toArray(String[]::new));
    }

    void connect(Host host) {
        sockets.put(host, new ControllerSocket(ovs.controllerSocket(host.bridge()), controller));
    }

    /** The switch goes on, and hears of nothing. */
    void disconnect(Host host) {
        sockets.remove(host).close();
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    Watch watch() {
        return watch;
    }

    /**
     * The guest's frames come and go at this place from now on, and at no other: the caches know it too when this returns. What
     * they have counted of the place that it leaves is learnt by then, and not after what comes from the new one.
     */
    void runGuestOn(Host host) {
        ovs.replaceFlows(
                HYPERVISORS,
                "in_port=card,actions=output:" + host.port() + "-end",
                "in_port=" + host.port() + "-end,actions=output:card");
        ovs.forgetDecisions();
    }

    /** The guest listens, to a group too. */
    void listen() {
        Process listening = guest.start(List.of(
                "python3",
                "../mininet/guest.py",
                ADDRESS.toString(),
                Integer.toString(NumberedStream.LISTENING),
                GROUP.toString()));
        Namespace.awaitReady(listening);
        opened.add(listening::destroy);
    }

    Sender sendFromOutside(NumberedStream stream, int rate) {
        return opened(new Sender(network, "source-end", stream, rate));
    }

    Sender sendFromGuest(NumberedStream stream, int rate) {
        return opened(new Sender(guest, "card-end", stream, rate));
    }

    private Sender opened(Sender sender) {
        opened.add(sender);
        return sender;
    }

    /** The physical switches no longer know who has asked for which group. */
    void forgetGroups() {
        ovs.appctl("mdb/flush", "left");
        ovs.appctl("mdb/flush", "right");
    }

    /** The two bridges, with a neighbour on each, and a port group that the guest is to be in. */
    static List<Operation> bridges(boolean notifySwitches) {
        List<Operation> operations = new ArrayList<>();
        Operation portGroup = Operation.putPortGroup(PORT_GROUP, VLAN.value());
        ((ObjectNode) portGroup.value()).put("notifySwitches", notifySwitches);
        operations.add(portGroup);
        for (Host host : Host.values()) {
            operations.add(Operation.putBridge(host.dpid(), host.uplink()));
            operations.add(Operation.putVnic(
                    host.near(), host.dpid(), host.near(), "52:54:00:00:77:1" + host.number(), PORT_GROUP));
        }
        return operations;
    }

    /** The guest on this host; its card receives these multicast MACs beside its own. */
    static Operation guestOn(Host host, MacAddress... multicast) {
        Operation operation = Operation.putVnic(VNIC, host.dpid(), host.port(), MAC.toString(), PORT_GROUP);
        ObjectNode filter = ((ObjectNode) operation.value()).putObject("rxFilter");
        filter.put("mac", MAC.toString());
        for (MacAddress mac : multicast) {
            filter.withArray("multicast").add(mac.toString());
        }
        return operation;
    }

    /** Returns when the switch there has confirmed the guest. */
    static void plug(RestClient rest, Operation guest) {
        requireActive(rest.putUntilSettled(guest));
    }

    private static void requireActive(JsonNode vnic) {
        String state = vnic.at("/status/state").asText();
        if (!state.equals("active")) {
            throw new AssertionError(vnic.toString());
        }
    }

    /** Returns when the switch of the destination has confirmed the guest's port there. */
    static void prepare(RestClient rest, Host host, String activateOn) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("bridge", host.dpid().toString()).put("port", host.port()).put("activateOn", activateOn);
        rest.post("/vnics/" + VNIC + "/migration?wait=prepared" + PATIENTLY, request.toString())
                .ok();
    }

    /** Returns when the destination's switch has confirmed the guest there. */
    static void activate(RestClient rest) {
        requireActive(rest.post("/vnics/" + VNIC + "/migration/activate?wait=active" + PATIENTLY, "")
                .ok());
    }

    /** Returns when nothing of the guest is left on the host, not even in its caches. */
    void awaitLeft(Host host) {
        Eventually.get(
                () -> ovs.ofctl("--names", "dump-flows", host.bridge()),
                flows -> !flows.contains(host.port()) && !flows.contains(MAC.toString()));
        ovs.awaitDecisions();
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        watch.close();
        sockets.values().forEach(ControllerSocket::close);
        ovs.close();
        guest.close();
        network.close();
    }
}

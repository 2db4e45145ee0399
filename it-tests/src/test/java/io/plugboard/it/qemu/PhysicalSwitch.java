package io.plugboard.it.qemu;

import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.wire.Namespace;
import io.plugboard.topology.model.DatapathId;
import java.util.List;

/**
 * A switch that learns addresses and snoops IGMP, between hosts:
 *
 * <pre>
 *     guest    guest            guest
 *       │        │                │
 *     vnet0    vnet1            vnet0           taps, which QEMU holds
 *     ┌─┴────────┴─┐          ┌───┴────┐
 *     │   br-int   │          │ br-int │        each on a host, in a namespace with an Open vSwitch of its own
 *     └─────┬──────┘          └───┬────┘
 *         uplink                uplink
 *           │                     │
 *         port1                 port2
 *        ┌──┴─────────────────────┴──┐
 *        │         physical          ├── outside ── outside-end
 *        └───────────────────────────┘
 * </pre>
 */
final class PhysicalSwitch implements AutoCloseable {
    static final String UPLINK = "uplink";
    /** The device at whose place another machine would be. */
    static final String OUTSIDE = "outside-end";

    private static final String BRIDGE = "physical";

    private final Namespace namespace = Namespace.create();
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, namespace.entering());
    private int hosts;

    PhysicalSwitch(DatapathId dpid) {
        ovs.addBridge(BRIDGE, dpid);
        ovs.vsctl(
                "set",
                "Bridge",
                BRIDGE,
                "fail_mode=standalone",
                "mcast_snooping_enable=true",
                "other_config:mcast-snooping-disable-flood-unregistered=true");
        namespace.ip(List.of(
                "link add outside type veth peer name " + OUTSIDE,
                "link set outside up",
                "link set " + OUTSIDE + " up"));
        ovs.vsctl("add-port", BRIDGE, "outside");
    }

    /** Gives a host its uplink. */
    void connect(QemuHost host) {
        String port = port(++hosts);
        namespace.ip(List.of(
                "link add " + port + " type veth peer name " + UPLINK + " netns "
                        + host.namespace().pid(),
                "link set " + port + " up"));
        host.namespace().ip(List.of("link set " + UPLINK + " up"));
        ovs.vsctl("add-port", BRIDGE, port);
        host.ovs().vsctl("add-port", QemuHost.BRIDGE, UPLINK);
    }

    /** @param number of the host, in the order of being connected, from 1 */
    static String port(int number) {
        return "port" + number;
    }

    Namespace namespace() {
        return namespace;
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    @Override
    public void close() {
        ovs.close();
        namespace.close();
    }
}

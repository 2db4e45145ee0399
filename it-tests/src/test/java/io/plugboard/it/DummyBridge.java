package io.plugboard.it;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A bridge without network devices, and the vNICs on it: vNIC n, {@code NAME-vnic-N}, is in port group {@code blue}
 * (VLAN 100), on port {@code NAME-N}.
 *
 * @param name short, for port names have 15 characters
 */
public record DummyBridge(OpenVSwitch ovs, String name, DatapathId dpid) {
    private static final String PORT_GROUP = "blue";
    private static final long FIRST_MAC = 0x5254_0000_0000L;

    /** Makes the bridge, with this many ports. */
    static DummyBridge create(OpenVSwitch ovs, String name, long dpid, int ports) {
        DummyBridge bridge = new DummyBridge(ovs, name, new DatapathId(dpid));
        ovs.addBridge(name, bridge.dpid);
        if (ports > 0) {
            ovs.addDummyPorts(name, ports);
        }
        return bridge;
    }

    void connectTo(int openFlowPort) {
        ovs.setController(name, openFlowPort);
    }

    /** The port group, and the bridge with its uplink, if any. */
    List<Operation> put(String... uplinks) {
        return List.of(Operation.putPortGroup(PORT_GROUP, 100), Operation.putQuietBridge(dpid, uplinks));
    }

    Operation attach(int number) {
        return Operation.putVnic(vnic(number), dpid, port(number), mac(number), PORT_GROUP);
    }

    List<Operation> attach(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(this::attach).toList();
    }

    /** The port group, the bridge, and vNICs 1 to last. */
    List<Operation> putWithVnics(int last) {
        List<Operation> operations = new ArrayList<>(put());
        operations.addAll(attach(1, last));
        return operations;
    }

    String vnic(int number) {
        return name + "-vnic-" + number;
    }

    String port(int number) {
        return name + "-" + number;
    }

    String mac(int number) {
        return new MacAddress(FIRST_MAC + (dpid.bits() << 16) + number).toString();
    }

    /** Flows with their cookies, less what changes by itself, sorted. */
    List<String> flows() {
        return sorted(ovs.ofctl("--no-stats", "--no-names", "dump-flows", name));
    }

    List<String> groups() {
        return sorted(ovs.ofctl("dump-groups", name));
    }

    private static List<String> sorted(String dump) {
        return dump.lines()
                .filter(line -> !line.contains("reply"))
                .map(String::strip)
                .sorted()
                .toList();
    }
}

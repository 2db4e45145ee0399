package io.plugboard.it.ovsdb;

import io.plugboard.it.OpenVSwitch;
import io.plugboard.topology.model.DatapathId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A host without network devices and its Open vSwitch, as a hypervisor uses it: all that happens to it is done by ovs-vsctl. Its
 * bridge, {@code br0}, is as {@code ovs-vsctl add-br} makes it.
 */
final class Hypervisor implements AutoCloseable {
    static final String BRIDGE = "br0";

    private final OpenVSwitch ovs;
    private final DatapathId dpid;

    private Hypervisor(OpenVSwitch ovs, DatapathId dpid) {
        this.ovs = ovs;
        this.dpid = dpid;
    }

    static Hypervisor start(long dpid) {
        Hypervisor host = new Hypervisor(OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY), new DatapathId(dpid));
        host.addBridge(BRIDGE, host.dpid);
        return host;
    }

    void addBridge(String name, DatapathId itsDpid) {
        ovs.vsctl(
                "add-br",
                name,
                "--",
                "set",
                "Bridge",
                name,
                "datapath_type=dummy",
                "other-config:datapath-id=" + itsDpid);
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    DatapathId dpid() {
        return dpid;
    }

    /** The two commands that are all it takes. */
    Hypervisor joins(InetSocketAddress controller) {
        ovs.vsctl("set-manager", "tcp:127.0.0.1:" + controller.getPort());
        mark();
        return this;
    }

    void mark() {
        ovs.vsctl("set", "bridge", BRIDGE, "external_ids:plugboard-managed=true");
    }

    /** It tries again every second when the controller was away, as the bridge's controller does. */
    Hypervisor impatient() {
        String manager =
                ovs.vsctl("--bare", "--columns=_uuid", "list", "Manager").strip();
        ovs.vsctl("set", "Manager", manager, "max_backoff=1000");
        return this;
    }

    static String mac(int number) {
        return String.format("52:54:00:00:%02x:%02x", number >> 8, number & 0xff);
    }

    static String vnic(int number) {
        return "vm-" + number;
    }

    static String port(int number) {
        return "tap" + number;
    }

    /** Vnic N on port {@code tapN}, as libvirt does it. */
    void plug(int number, String... settings) {
        ovs.vsctl(plugging(number, settings).toArray(String[]::new));
    }

    static List<String> plugging(int number, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                "--",
                "add-port",
                BRIDGE,
                port(number),
                "--",
                "set",
                "Interface",
                port(number),
                "type=dummy",
                "external_ids:iface-id=" + vnic(number),
                "external_ids:attached-mac=\"" + mac(number) + "\"",
                "external_ids:vm-id=machine-" + number));
        Stream.of(settings).forEach(command::add);
        return command;
    }

    void unplug(int number) {
        ovs.vsctl("del-port", BRIDGE, port(number));
    }

    /** @param value any text */
    void set(int number, String key, String value) {
        String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        ovs.vsctl("set", "Interface", port(number), "external_ids:" + key + "=" + quoted);
    }

    /** Returns when this stands there. */
    void awaitState(int number, String state) {
        ovs.vsctl("wait-until", "Interface", port(number), "external_ids:plugboard-state=\"" + state + "\"");
    }

    String state(int number) {
        return ovs.vsctl("--if-exists", "get", "Interface", port(number), "external_ids:plugboard-state")
                .strip()
                .replace("\"", "");
    }

    String column(String table, String record, String column) {
        return ovs.vsctl("get", table, record, column).strip();
    }

    /** Flows with their cookies, less what changes by itself, sorted. */
    List<String> flows(String bridge) {
        return ovs.ofctl("--no-stats", "--no-names", "dump-flows", bridge)
                .lines()
                .filter(line -> !line.contains("reply"))
                .map(String::strip)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        ovs.close();
    }
}

package io.plugboard.it.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.Operation;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A controller, two hosts, and machines that are plugged into one host or the other. The ends of the uplinks are ours.
 *
 * <pre>
 *     machine ── west ── west-up      east-up ── east ── machine
 * </pre>
 */
final class GuestLab implements AutoCloseable {
    /** A host that Plugboard keeps the bridge of. */
    enum Host {
        WEST(0xb1),
        EAST(0xb2);

        private final DatapathId dpid;

        Host(long dpid) {
            this.dpid = new DatapathId(dpid);
        }

        DatapathId dpid() {
            return dpid;
        }

        String bridge() {
            return name().toLowerCase(Locale.ROOT);
        }

        String uplink() {
            return bridge() + "-up";
        }
    }

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String CLOCK = "clock";

    private final Namespace namespace = Namespace.create();
    private final OpenVSwitch ovs =
            OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, Cables.onOneCpu(namespace.entering()));
    private final Plugboard plugboard = Plugboard.start();
    private final RestClient rest = plugboard.rest();
    private final List<ControllerSocket> sockets = new ArrayList<>();
    private final List<GuestMachine> machines = new ArrayList<>();
    private final Cables cables;

    GuestLab() {
        List<String> cablePorts = Stream.concat(
                        Stream.of("clock-1", "clock-2"),
                        Stream.of(Host.values()).map(Host::uplink))
                .toList();
        namespace.ip(cablePorts.stream().flatMap(Lab::cable).toList());
        ovs.addBridge(CLOCK, new DatapathId(0xc1));
        plug(CLOCK, "clock-1");
        plug(CLOCK, "clock-2");
        ovs.ofctl("add-flow", CLOCK, "in_port=clock-1,actions=output:clock-2");
        List<String> ends = cablePorts.stream().map(Lab::farEnd).toList();
        cables = new Cables(namespace, ends, ends.get(0), ends.get(1));
        for (Host host : Host.values()) {
            ovs.addBridge(host.bridge(), host.dpid());
            plug(host.bridge(), host.uplink());
            sockets.add(new ControllerSocket(ovs.controllerSocket(host.bridge()), plugboard.openFlow()));
            ovs.setController(host.bridge());
            rest.apply(List.of(Operation.putBridge(host.dpid(), host.uplink())));
            Eventually.get(() -> bridgeStatus(host).path("state").asText(), state -> state.equals("active"));
        }
    }

    private void plug(String bridge, String port) {
        ovs.vsctl("add-port", bridge, port);
    }

    RestClient rest() {
        return rest;
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    JsonNode bridgeStatus(Host host) {
        return rest.get("/bridges/" + host.dpid()).ok().path("status");
    }

    /** @param lines YAML of the resource */
    void portGroup(String name, String... lines) {
        rest.put("/port-groups/" + name, yaml(lines).toString()).ok();
    }

    /**
     * A machine that is not plugged in yet.
     *
     * @param name of its vNIC and its port
     * @param settings of its kernel, as sysctl takes them
     */
    GuestMachine machine(String name, List<String> settings) {
        String mac = String.format("52:54:00:00:0b:%02x", machines.size() + 1);
        GuestMachine machine = new GuestMachine(name, mac, namespace, settings);
        machines.add(machine);
        return machine;
    }

    /** Plugs the machine in here, taking it away from the other host; returns when its vNIC is active. */
    JsonNode plug(GuestMachine machine, Host host, String portGroup, String... lines) {
        ovs.vsctl("--if-exists", "del-port", machine.port(), "--", "add-port", host.bridge(), machine.port());
        ObjectNode value = yaml(lines);
        value.put("bridge", host.dpid().toString());
        value.put("port", machine.port());
        value.put("mac", machine.mac());
        value.put("portGroup", portGroup);
        return rest.putUntilSettled(new Operation("put", "/vnics/" + machine.port(), value));
    }

    /** Reports what the machine's card lets through for these devices, as its hypervisor would. */
    void reportFilter(GuestMachine machine, Collection<String> devices) {
        ObjectNode filter = yaml("mac: '" + machine.mac() + "'");
        for (String group : machine.does("filter " + String.join(" ", devices)).split(" ")) {
            filter.withArray("multicast").add(group);
        }
        rest.put("/vnics/" + machine.port() + "/rx-filter", filter.toString()).ok();
    }

    /** What was sent of the machine's vNIC on this host, oldest first. */
    List<JsonNode> announcements(GuestMachine machine, Host host) {
        List<JsonNode> sent = new ArrayList<>();
        rest.get("/announcements?vnic=" + machine.port()).ok().path("items").forEach(sent::add);
        sent.removeIf(
                record -> !record.path("bridge").asText().equals(host.dpid().toString()));
        return sent;
    }

    /** Waits for the first such frame of the machine's vNIC on this host. */
    JsonNode awaitAnnouncement(GuestMachine machine, Host host, Predicate<JsonNode> wanted) {
        return Eventually.get(
                        () -> announcements(machine, host).stream()
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The frames that came out of this host's uplink since they were last taken. */
    List<byte[]> takeFromWire(Host host) {
        return cables.takeArrivals().stream()
                .filter(arrival -> arrival.end().equals(Lab.farEnd(host.uplink())))
                .map(Cables.Arrival::frame)
                .toList();
    }

    private static ObjectNode yaml(String... lines) {
        try {
            return lines.length == 0 ? YAML.createObjectNode() : (ObjectNode) YAML.readTree(String.join("\n", lines));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        cables.close();
        plugboard.close();
        sockets.forEach(ControllerSocket::close);
        ovs.close();
        machines.forEach(GuestMachine::close);
        namespace.close();
    }
}

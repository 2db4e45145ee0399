package io.plugboard.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.it.Eventually;
import io.plugboard.it.Operation;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is plugged into the lab, in the words of the REST API: where a method takes lines, they are YAML of the resource, such
 * as {@code "security: {forgedTransmits: accept}"}. Changes are made in one transaction before the next frame is sent.
 *
 * <p>A station is a vNIC, or a cable's end that is called as the uplink it leads to, or {@link Lab#OUTSIDE}. The vNIC on the
 * n-th port of a host has the MAC 52:54:00:00:a1:0n, the a1 being the end of the host's datapath id.
 */
final class Network {
    static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    /** A MAC that no vNIC has. */
    static final String STRANGER = "02:00:00:00:00:99";

    private static final long FIRST_MAC = 0x5254_0000_0000L;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Lab lab;
    private final Map<String, Plugged> vnics = new HashMap<>();
    private final List<Operation> changes = new ArrayList<>();

    private record Plugged(Lab.Host host, int number, String portGroup) {
        String port() {
            return host.name() + "-" + number;
        }

        MacAddress mac() {
            return new MacAddress(FIRST_MAC + (host.dpid().bits() << 8) + number);
        }
    }

    private Network(Lab lab) {
        this.lab = lab;
    }

    /** Nothing is plugged in but the uplinks of the hosts. */
    static Network in(Lab lab) {
        Network network = new Network(lab);
        lab.mendAll();
        network.delete("/vnics", "id");
        network.delete("/port-groups", "name");
        Lab.HOSTS.forEach(network::bridge);
        network.apply();
        Lab.HOSTS.forEach(host -> Eventually.get(
                () -> network.bridgeStatus(host),
                status -> status.path("state").asText().equals("active")));
        lab.forgetAddresses();
        return network;
    }

    private void delete(String resources, String id) {
        lab.rest().get(resources).ok().path("items").forEach(item -> {
            String path = resources + "/" + item.path(id).asText();
            changes.add(new Operation("delete", path, NullNode.getInstance()));
        });
    }

    /** Switches are not notified, so that nothing is on the wire but what a scenario sends. */
    Network bridge(Lab.Host host, String... lines) {
        ObjectNode value = yaml(lines);
        value.put("notifySwitches", false);
        host.uplinks().forEach(value.withArray("uplinks")::add);
        return put("/bridges/" + host.dpid(), value);
    }

    Network access(String portGroup, int vlan, String... lines) {
        ObjectNode value = yaml(lines);
        value.putObject("vlan").put("mode", "access").put("id", vlan);
        return put("/port-groups/" + portGroup, value);
    }

    Network untagged(String portGroup, String... lines) {
        ObjectNode value = yaml(lines);
        value.putObject("vlan").put("mode", "untagged");
        return put("/port-groups/" + portGroup, value);
    }

    /** @param ids such as {@code "[0, 300, 100-199]"} */
    Network trunk(String portGroup, String ids, String... lines) {
        ObjectNode value = yaml(lines);
        ObjectNode vlan = value.putObject("vlan").put("mode", "trunk");
        yaml("ids: " + ids).path("ids").forEach(id -> vlan.withArray("ids").add(id.asText()));
        return put("/port-groups/" + portGroup, value);
    }

    /** Plugs each into the host's next port, in their order; by evenness they use its uplinks in turn. */
    Network vnics(Lab.Host host, String portGroup, String... names) {
        for (String name : names) {
            int plugged = (int) vnics.values().stream()
                    .filter(there -> there.host().equals(host))
                    .count();
            vnics.put(name, new Plugged(host, plugged + 1, portGroup));
            vnic(name);
        }
        return this;
    }

    /** The vNIC with these properties, and no others. */
    Network vnic(String name, String... lines) {
        Plugged there = plugged(name);
        ObjectNode value = yaml(lines);
        value.put("bridge", there.host().dpid().toString());
        value.put("port", there.port());
        value.put("mac", there.mac().toString());
        value.put("portGroup", there.portGroup());
        return put("/vnics/" + name, value);
    }

    Network without(String vnic) {
        plugged(vnic);
        changes.add(new Operation("delete", "/vnics/" + vnic, NullNode.getInstance()));
        return this;
    }

    /** What the guest's card receives: from its own MAC on, if the lines name no other, and nothing further. */
    Network filter(String vnic, String... lines) {
        ObjectNode value = yaml(lines);
        if (!value.has("mac")) {
            value.put("mac", plugged(vnic).mac().toString());
        }
        return put("/vnics/" + vnic + "/rx-filter", value);
    }

    private Network put(String path, ObjectNode value) {
        changes.add(new Operation("put", path, value));
        return this;
    }

    private static ObjectNode yaml(String... lines) {
        try {
            JsonNode read = YAML.readTree(String.join("\n", lines));
            return read instanceof ObjectNode object ? object : YAML.createObjectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns when the switches have confirmed all that was changed. */
    Network apply() {
        if (!changes.isEmpty()) {
            lab.rest().apply(changes);
            changes.clear();
            awaitFlows();
        }
        return this;
    }

    /** Every bridge has what it should have, and nothing else. It is read back for that, so that nothing is mended by it. */
    private void awaitFlows() {
        for (Lab.Host host : Lab.HOSTS) {
            Eventually.get(
                    () -> lab.rest().get("/bridges/" + host.dpid() + "/flows").ok(),
                    flows -> Program.of(flows.path("desired")).equals(Program.of(flows.path("installed"))));
        }
    }

    private record Program(Set<String> flows, Set<String> groups) {
        static Program of(JsonNode program) {
            Set<String> flows = new HashSet<>();
            Set<String> groups = new HashSet<>();
            program.path("flows")
                    .forEach(flow -> flows.add(flow.path("table").asText()
                            + " " + flow.path("priority").asText()
                            + " " + flow.path("cookie").asText()
                            + " " + flow.path("match").asText()
                            + " " + flow.path("actions").asText()));
            program.path("groups")
                    .forEach(group -> groups.add(group.path("text").asText()));
            return new Program(flows, groups);
        }
    }

    /** The status of a vNIC as soon as it is right. */
    JsonNode awaitStatus(String vnic, Predicate<JsonNode> isRight) {
        apply();
        JsonNode status = Eventually.get(() -> status(vnic), isRight);
        awaitFlows();
        return status;
    }

    /** Fails when the vNIC is in another state, or for another reason: {@code active}, {@code blocked: macAddressChanged}. */
    Network isInState(String vnic, String expected) {
        apply();
        JsonNode status = status(vnic);
        String reason = status.path("reason").asText();
        assertThat(status.path("state").asText() + (reason.isEmpty() ? "" : ": " + reason))
                .as(vnic)
                .isEqualTo(expected);
        return this;
    }

    JsonNode status(String vnic) {
        return lab.rest().get("/vnics/" + vnic).ok().path("status");
    }

    /** Returns when the vNIC's counter has come to this; it would go on for ever if it never did. */
    Network awaitSpoofedDrops(String vnic, int count) {
        awaitStatus(vnic, status -> status.at("/counters/spoofedDrops").asInt() == count);
        return this;
    }

    private JsonNode bridgeStatus(Lab.Host host) {
        return lab.rest().get("/bridges/" + host.dpid()).ok().path("status");
    }

    /** Returns when the vNIC is active on this uplink. */
    Network awaitUplink(String vnic, String uplink) {
        awaitStatus(
                vnic,
                status -> status.path("state").asText().equals("active")
                        && status.path("uplink").asText().equals(uplink));
        return this;
    }

    /** The machine at the other end of the port's cable is switched off: the port loses its carrier. */
    Network cutCable(String port) {
        apply();
        lab.cut(Lab.farEnd(port));
        return this;
    }

    Network mendCable(String port) {
        lab.mend(Lab.farEnd(port));
        return this;
    }

    /** Somebody takes the port itself down. */
    Network shut(String port) {
        apply();
        lab.cut(port);
        return this;
    }

    /**
     * A frame that is not IP. Its source is the vNIC's MAC, else {@link #STRANGER}.
     *
     * @param from a station
     * @param to a vNIC, or a MAC
     */
    SentFrame frame(String from, String to) {
        return new SentFrame(this, from, Frame.of(address(to), address(from), EtherType.ARP), 0, 1);
    }

    /** The MAC of the vNIC of this name, the stranger's for another station, else the MAC that the text spells. */
    MacAddress address(String text) {
        Plugged vnic = vnics.get(text);
        return vnic != null ? vnic.mac() : MacAddress.parse(text.contains(":") ? text : STRANGER);
    }

    private Plugged plugged(String vnic) {
        return Optional.ofNullable(vnics.get(vnic)).orElseThrow(() -> new IllegalArgumentException("no vNIC " + vnic));
    }

    /** Sends a frame, and gives all copies of it that came out anywhere. */
    List<Copy> send(SentFrame frame) {
        apply();
        Copy.Token token = new Copy.Token(lab.nextFrame());
        byte[] octets = token.on(frame);
        String from = Lab.farEnd(
                vnics.containsKey(frame.from()) ? plugged(frame.from()).port() : frame.from());
        lab.ovs().forgetDecisions();
        for (int count = 0; count < frame.times(); count++) {
            lab.cables().send(from, octets);
        }
        return lab.cables().takeArrivals().stream()
                .map(arrival -> token.copy(frame, station(arrival.end().replace(Lab.farEnd(""), "")), arrival.frame()))
                .toList();
    }

    Lab lab() {
        return lab;
    }

    /** The port that a station is plugged into. */
    String port(String station) {
        return vnics.containsKey(station) ? plugged(station).port() : station;
    }

    /** Whoever is plugged into this port. */
    String station(String port) {
        return vnics.entrySet().stream()
                .filter(vnic -> vnic.getValue().port().equals(port))
                .map(Map.Entry::getKey)
                .findAny()
                .orElse(port);
    }
}

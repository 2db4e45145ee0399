package io.plugboard.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which ports a switch gives the multicast of its vNICs to, by the flows and groups that were read back from it. */
final class MulticastListeners {
    private static final Pattern FROM_VNIC = Pattern.compile("metadata=0x0/\\S*dl_dst=([0-9a-f:]+),vlan_vid=0x1064");
    private static final Pattern GROUP = Pattern.compile("group:(\\d+)");
    private static final Pattern OUTPUT = Pattern.compile("output:(\\d+)");

    private final Map<String, String> groups = new HashMap<>();

    private MulticastListeners(JsonNode program) {
        program.path("groups")
                .forEach(group ->
                        groups.put(group.path("id").asText(), group.path("text").asText()));
    }

    /** The ports of each address that somebody in VLAN 100 listens to exactly. */
    static Map<MacAddress, Set<Integer>> installedOn(DummyBridge bridge, RestClient rest) {
        JsonNode program = rest.get("/bridges/" + bridge.dpid() + "/flows").ok().path("installed");
        MulticastListeners listeners = new MulticastListeners(program);
        Map<MacAddress, Set<Integer>> ports = new TreeMap<>();
        program.path("flows").forEach(flow -> {
            Matcher match = FROM_VNIC.matcher(flow.path("match").asText());
            if (flow.path("rule").asText().equals("ADDRESS_FROM_VNIC") && match.matches()) {
                Set<Integer> of = new TreeSet<>();
                listeners.addPorts(flow.path("actions").asText(), of);
                ports.put(MacAddress.parse(match.group(1)), of);
            }
        });
        return ports;
    }

    private void addPorts(String text, Set<Integer> ports) {
        OUTPUT.matcher(text).results().forEach(output -> ports.add(Integer.valueOf(output.group(1))));
        GROUP.matcher(text).results().forEach(group -> addPorts(groups.getOrDefault(group.group(1), ""), ports));
    }
}

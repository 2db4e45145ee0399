package io.plugboard.controller.store.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a policy as text in a column, there and back. What is not such text is an {@link IllegalArgumentException}. */
final class PolicyText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyText() {}

    static @Nullable String of(Optional<Setting> setting) {
        return setting.map(given -> given.name().toLowerCase(Locale.ROOT)).orElse(null);
    }

    static Setting setting(String text) {
        return Setting.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String mode(VlanMode vlan) {
        if (vlan instanceof VlanMode.Trunk) {
            return "trunk";
        }
        return vlan instanceof VlanMode.Access ? "access" : "untagged";
    }

    static VlanMode vlan(String mode, Optional<String> ids) {
        switch (mode) {
            case "untagged":
                return new VlanMode.Untagged();
            case "access":
                return new VlanMode.Access(new VlanId(Integer.parseInt(ids.orElseThrow())));
            case "trunk":
                return new VlanMode.Trunk(vlans(ids.orElseThrow()));
            default:
                throw new IllegalArgumentException("'" + mode + "' is not a VLAN mode");
        }
    }

    static VlanSet vlans(String text) {
        return VlanSet.parse(List.of(text.split(",")));
    }

    static String of(Collection<MacAddress> macs) {
        return macs.stream().map(MacAddress::toString).collect(Collectors.joining(","));
    }

    static SortedSet<MacAddress> macs(String text) {
        return text.isEmpty()
                ? new TreeSet<>()
                : Arrays.stream(text.split(",")).map(MacAddress::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    static String of(TeamingPolicy teaming) {
        ObjectNode json = JSON.createObjectNode();
        json.put("selection", teaming.selection().name());
        teaming.active().forEach(json.putArray("active")::add);
        teaming.standby().forEach(json.putArray("standby")::add);
        json.put("failback", teaming.failback());
        json.put("failbackDelayMs", teaming.failbackDelay().toMillis());
        return json.toString();
    }

    static TeamingPolicy teaming(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new TeamingPolicy(
                    TeamingPolicy.Selection.valueOf(json.required("selection").asText()),
                    names(json.required("active")),
                    names(json.required("standby")),
                    json.required("failback").asBoolean(),
                    Duration.ofMillis(json.required("failbackDelayMs").asLong()));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a teaming policy: " + text, broken);
        }
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}

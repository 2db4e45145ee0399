package io.plugboard.controller.store.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How vNICs are announced, and with which addresses, as the text of one column. */
final class AnnounceText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnnounceText() {}

    /** What is given, times in ms. */
    static String of(AnnouncePolicy policy) {
        ObjectNode json = JSON.createObjectNode();
        policy.rounds().ifPresent(given -> json.put("rounds", given));
        put(json, "initial", policy.initial());
        put(json, "step", policy.step());
        put(json, "max", policy.max());
        policy.queries().ifPresent(given -> json.put("queries", given));
        put(json, "querySpacing", policy.querySpacing());
        policy.igmpVersion().ifPresent(given -> json.put("igmpVersion", given));
        policy.igmpQuerySource().ifPresent(given -> json.put("igmpQuerySource", given.toString()));
        policy.mldVersion().ifPresent(given -> json.put("mldVersion", given));
        policy.mldQuerySource().ifPresent(given -> json.put("mldQuerySource", given.toString()));
        put(json, "maxResponse", policy.maxResponse());
        policy.robustness().ifPresent(given -> json.put("robustness", given));
        put(json, "queryInterval", policy.queryInterval());
        policy.reportKnownGroups().ifPresent(given -> json.put("reportKnownGroups", given));
        return json.toString();
    }

    private static void put(ObjectNode json, String name, Optional<Duration> time) {
        time.ifPresent(given -> json.put(name, given.toMillis()));
    }

    /** @throws IllegalArgumentException when it is none */
    static AnnouncePolicy policy(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new AnnouncePolicy(
                    number(json, "rounds"),
                    time(json, "initial"),
                    time(json, "step"),
                    time(json, "max"),
                    number(json, "queries"),
                    time(json, "querySpacing"),
                    number(json, "igmpVersion"),
                    given(json, "igmpQuerySource").map(JsonNode::asText).map(Ipv4Address::parse),
                    number(json, "mldVersion"),
                    given(json, "mldQuerySource").map(JsonNode::asText).map(Ipv6Address::parse),
                    time(json, "maxResponse"),
                    number(json, "robustness"),
                    time(json, "queryInterval"),
                    given(json, "reportKnownGroups").map(JsonNode::asBoolean));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a policy of announcements: " + text, broken);
        }
    }

    private static Optional<JsonNode> given(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name));
    }

    private static Optional<Integer> number(JsonNode json, String name) {
        return given(json, name).map(JsonNode::asInt);
    }

    private static Optional<Duration> time(JsonNode json, String name) {
        return given(json, name).map(JsonNode::asLong).map(Duration::ofMillis);
    }

    /** {@code 192.0.2.1,192.0.2.2@100}. */
    static String of(Collection<VnicAddress> addresses) {
        return addresses.stream()
                .map(address -> address.ip()
                        + address.vlan().map(vlan -> "@" + vlan.value()).orElse(""))
                .collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException when they are none */
    static SortedSet<VnicAddress> addresses(String text) {
        return text.isEmpty()
                ? new TreeSet<>()
                : Arrays.stream(text.split(","))
                        .map(AnnounceText::address)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static VnicAddress address(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new VnicAddress(IpAddress.parse(text), Optional.empty())
                : new VnicAddress(
                        IpAddress.parse(text.substring(0, at)),
                        Optional.of(new VlanId(Integer.parseInt(text.substring(at + 1)))));
    }
}

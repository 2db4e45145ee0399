package io.plugboard.agent.qmp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers to query-rx-filter, as QEMU 7.2 gives them. */
final class Filters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Filters() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a card whose guest has a Linux that has set it up. */
    static ObjectNode setUp(String name) {
        return (ObjectNode) json("{'promiscuous': false, 'name': '" + name
                + "', 'main-mac': '52:54:00:00:00:01', 'unicast': 'normal', 'vlan': 'normal', 'vlan-table': [],"
                + " 'unicast-table': [], 'multicast': 'normal', 'multicast-overflow': false, 'unicast-overflow': false,"
                + " 'multicast-table': ['33:33:00:00:00:01', '01:00:5e:00:00:01'], 'broadcast-allowed': true}");
    }

    /** Of a card whose guest has no driver, or not yet. */
    static ObjectNode untouched(String name) {
        ObjectNode info = setUp(name);
        info.put("promiscuous", true).put("vlan", "all");
        info.set("multicast-table", json("[]"));
        info.set(
                "vlan-table",
                json(IntStream.range(0, 4096)
                        .mapToObj(vlan -> String.valueOf(4095 - vlan))
                        .collect(Collectors.joining(",", "[", "]"))));
        return info;
    }
}

package io.plugboard.it.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.it.RestClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What must be the same again in the end, on a host and in its controller.
 *
 * @param flows with their cookies, less what counts, sorted
 * @param groups sorted
 * @param vnics by their ids: where they are, in which state
 * @param rows external_ids, by the names of the ports, and that of the bridge
 */
record Settled(List<String> flows, List<String> groups, Map<String, String> vnics, Map<String, String> rows) {

    static Settled now(ManagedHost host, RestClient rest, List<String> taps) {
        Map<String, String> rows = new TreeMap<>();
        for (String tap : taps) {
            rows.put(tap, externalIds(host, "Interface", tap));
        }
        rows.put(QemuHost.BRIDGE, externalIds(host, "Bridge", QemuHost.BRIDGE));
        return new Settled(
                dump(host, "--no-stats", "dump-flows", QemuHost.BRIDGE),
                dump(host, "dump-groups", QemuHost.BRIDGE),
                vnics(rest),
                rows);
    }

    private static String externalIds(ManagedHost host, String table, String record) {
        return host.host().ovs().vsctl("get", table, record, "external_ids").strip();
    }

    private static List<String> dump(ManagedHost host, String... command) {

        return host.host()
                .ovs()
                .ofctl(command)
                .lines()
                .filter(line -> !line.contains(" reply "))
                .map(String::strip)
                .sorted()
                .toList();
    }

    private static Map<String, String> vnics(RestClient rest) {
        Map<String, String> vnics = new TreeMap<>();
        StreamSupport.stream(rest.get("/vnics").ok().path("items").spliterator(), false)
                .forEach(vnic -> vnics.put(vnic.path("id").asText(), place(vnic)));
        return vnics;
    }

    private static String place(JsonNode vnic) {
        return "%s %s slot %s %s"
                .formatted(
                        vnic.path("bridge").asText(),
                        vnic.path("port"),
                        vnic.path("slot"),
                        vnic.at("/status/state").asText());
    }
}

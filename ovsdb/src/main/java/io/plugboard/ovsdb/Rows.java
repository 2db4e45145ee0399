package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Typed rows, of rows in the notation of the protocol. */
final class Rows {
    private Rows() {}

    static OpenVSwitchRow root(UUID uuid, JsonNode row) {
        return new OpenVSwitchRow(
                uuid,
                Columns.texts(row.path("external_ids")),
                Columns.optional(row.path("ovs_version")).map(Columns::text).orElse(""));
    }

    static BridgeRow bridge(UUID uuid, JsonNode row) {
        return new BridgeRow(
                uuid,
                name(row),
                Columns.optional(row.path("datapath_id")).map(Columns::text),
                references(row.path("ports")),
                references(row.path("controller")),
                Columns.optional(row.path("fail_mode")).map(Columns::text),
                all(row.path("protocols"), Columns::text),
                Columns.texts(row.path("external_ids")),
                Columns.texts(row.path("other_config")));
    }

    static PortRow port(UUID uuid, JsonNode row) {
        return new PortRow(
                uuid,
                name(row),
                references(row.path("interfaces")),
                Columns.optional(row.path("tag")).map(Columns::integer),
                all(row.path("trunks"), Columns::integer),
                Columns.optional(row.path("vlan_mode")).map(Columns::text),
                Columns.texts(row.path("external_ids")));
    }

    static InterfaceRow ofInterface(UUID uuid, JsonNode row) {
        return new InterfaceRow(
                uuid,
                name(row),
                Columns.optional(row.path("type")).map(Columns::text).orElse(""),
                Columns.optional(row.path("ofport")).map(Columns::integer),
                Columns.optional(row.path("ifindex")).map(Columns::integer),
                Columns.optional(row.path("mac_in_use")).map(Columns::text),
                Columns.optional(row.path("error")).map(Columns::text),
                Columns.texts(row.path("external_ids")));
    }

    private static String name(JsonNode row) {
        return Columns.optional(row.path("name")).map(Columns::text).orElse("");
    }

    private static List<UUID> references(JsonNode value) {
        return Columns.elements(value).stream().map(Columns::uuid).sorted().toList();
    }

    private static <T> Set<T> all(JsonNode value, Function<JsonNode, T> read) {
        return Columns.elements(value).stream().map(read).collect(Collectors.toUnmodifiableSet());
    }
}

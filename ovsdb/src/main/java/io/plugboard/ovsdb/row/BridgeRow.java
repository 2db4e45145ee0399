package io.plugboard.ovsdb.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A row of the table Bridge.
 *
 * @param datapathId as it stands there, 16 hex digits; empty until ovs-vswitchd has made the bridge
 * @param ports in the order of their UUIDs
 * @param controllers UUIDs of rows of the table Controller
 * @param failMode {@code secure} or {@code standalone}; empty means standalone
 */
public record BridgeRow(
        UUID uuid,
        String name,
        Optional<String> datapathId,
        List<UUID> ports,
        List<UUID> controllers,
        Optional<String> failMode,
        Set<String> protocols,
        Map<String, String> externalIds,
        Map<String, String> otherConfig) {
    public BridgeRow {
        ports = List.copyOf(ports);
        controllers = List.copyOf(controllers);
        protocols = Set.copyOf(protocols);
        externalIds = Map.copyOf(externalIds);
        otherConfig = Map.copyOf(otherConfig);
    }
}

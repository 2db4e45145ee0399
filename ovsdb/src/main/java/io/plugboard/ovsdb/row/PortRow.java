package io.plugboard.ovsdb.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A row of the table Port.
 *
 * @param interfaces more than one makes a bond
 * @param tag of its access VLAN
 * @param vlanMode such as {@code access} or {@code trunk}
 */
public record PortRow(
        UUID uuid,
        String name,
        List<UUID> interfaces,
        Optional<Integer> tag,
        Set<Integer> trunks,
        Optional<String> vlanMode,
        Map<String, String> externalIds) {
    public PortRow {
        interfaces = List.copyOf(interfaces);
        trunks = Set.copyOf(trunks);
        externalIds = Map.copyOf(externalIds);
    }
}

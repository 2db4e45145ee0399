package io.plugboard.ovsdb.row;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the table Interface.
 *
 * @param type such as {@code internal}, {@code patch}, {@code dummy}; empty for a device of the system
 * @param ofport its OpenFlow port number; empty until ovs-vswitchd has given it one, -1 where it could not
 * @param ifindex of the device in the namespace of ovs-vswitchd
 * @param error why ovs-vswitchd could not open it
 */
public record InterfaceRow(
        UUID uuid,
        String name,
        String type,
        Optional<Integer> ofport,
        Optional<Integer> ifindex,
        Optional<String> macInUse,
        Optional<String> error,
        Map<String, String> externalIds) {
    public InterfaceRow {
        externalIds = Map.copyOf(externalIds);
    }
}

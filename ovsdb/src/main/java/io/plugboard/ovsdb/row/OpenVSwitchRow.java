package io.plugboard.ovsdb.row;

import java.util.Map;
import java.util.UUID;

/**
 * The one row of the table Open_vSwitch: the root of the database.
 *
 * @param uuid stays the same for as long as the database does, over restarts too
 * @param externalIds such as {@code system-id} and {@code hostname}
 * @param version of Open vSwitch, such as {@code 3.1.0}; empty while ovs-vswitchd has not written it
 */
public record OpenVSwitchRow(UUID uuid, Map<String, String> externalIds, String version) {
    public OpenVSwitchRow {
        externalIds = Map.copyOf(externalIds);
    }
}

package io.plugboard.ovsdb;

import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import java.util.Objects;
import java.util.UUID;
import org.pcollections.PMap;

/**
 * What one Open vSwitch has in its database, as it stood after one of its transactions: whole, and not to change any more.
 * A row may name another one that is not there; it is then as good as absent.
 */
public record Snapshot(
        OpenVSwitchRow root,
        PMap<UUID, BridgeRow> bridges,
        PMap<UUID, PortRow> ports,
        PMap<UUID, InterfaceRow> interfaces) {
    public Snapshot {
        Objects.requireNonNull(root);
        Objects.requireNonNull(bridges);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(interfaces);
    }
}

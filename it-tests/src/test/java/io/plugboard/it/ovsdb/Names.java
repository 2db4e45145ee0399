package io.plugboard.it.ovsdb;

import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.ovsdb.row.InterfaceRow;

/** Rows of a snapshot by their names. */
final class Names {
    private Names() {}

    static BridgeRow bridge(Snapshot snapshot, String name) {
        return snapshot.bridges().values().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static InterfaceRow interfaceRow(Snapshot snapshot, String name) {
        return snapshot.interfaces().values().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static boolean hasInterface(Snapshot snapshot, String name) {
        return snapshot.interfaces().values().stream()
                .anyMatch(row -> row.name().equals(name));
    }
}

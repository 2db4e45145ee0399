package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of the database, and what tells such a database from any other file. */
final class Schema {
    /** Counts the forms that the tables have had; PRAGMA user_version. */
    static final int VERSION = 3;

    /** "PLUG" in ASCII; PRAGMA application_id. */
    static final int APPLICATION_ID = 0x504c5547;

    private static final String TABLES = """
            CREATE TABLE meta (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                revision INTEGER NOT NULL,
                port_groups INTEGER NOT NULL,
                bridges INTEGER NOT NULL,
                vnics INTEGER NOT NULL,
                addresses INTEGER NOT NULL,
                checksum INTEGER
            ) STRICT;
            CREATE TABLE port_group (
                name TEXT PRIMARY KEY,
                vlan_mode TEXT NOT NULL CHECK (vlan_mode IN ('untagged', 'access', 'trunk')),
                vlan_ids TEXT CHECK ((vlan_ids IS NULL) = (vlan_mode = 'untagged')),
                promiscuous_mode TEXT,
                mac_address_changes TEXT,
                forged_transmits TEXT,
                teaming TEXT,
                notify_switches INTEGER,
                announce TEXT NOT NULL,
                link_local_control INTEGER NOT NULL,
                revision INTEGER NOT NULL,
                checksum INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE bridge (
                dpid TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                uplinks INTEGER NOT NULL,
                promiscuous_mode TEXT,
                mac_address_changes TEXT,
                forged_transmits TEXT,
                teaming TEXT,
                notify_switches INTEGER,
                ovsdb TEXT,
                revision INTEGER NOT NULL,
                checksum INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE uplink (
                bridge TEXT NOT NULL,
                position INTEGER NOT NULL,
                name TEXT NOT NULL,
                slot INTEGER NOT NULL,
                up INTEGER NOT NULL,
                checksum INTEGER,
                PRIMARY KEY (bridge, position)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE vnic (
                id TEXT PRIMARY KEY,
                bridge TEXT NOT NULL,
                port_name TEXT,
                port_number INTEGER CHECK ((port_number IS NULL) <> (port_name IS NULL)),
                mac TEXT NOT NULL,
                port_group TEXT NOT NULL,
                source TEXT NOT NULL,
                slot INTEGER NOT NULL,
                uplink_slot INTEGER NOT NULL,
                home_slot INTEGER NOT NULL,
                former_slot INTEGER,
                placement TEXT NOT NULL,
                placement_revision INTEGER NOT NULL,
                second_seat TEXT,
                promiscuous_mode TEXT,
                mac_address_changes TEXT,
                forged_transmits TEXT,
                allowed_macs TEXT NOT NULL,
                addresses TEXT NOT NULL,
                multicast_router INTEGER NOT NULL,
                filter_mac TEXT,
                filter_promiscuous INTEGER,
                filter_all_multicast INTEGER,
                filter_multicast TEXT,
                filter_unicast TEXT,
                filter_vlans TEXT,
                revision INTEGER NOT NULL,
                checksum INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE announced (
                bridge TEXT PRIMARY KEY,
                revision INTEGER NOT NULL,
                checksum INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE address (
                id TEXT PRIMARY KEY,
                bridge TEXT NOT NULL,
                number INTEGER NOT NULL,
                scope TEXT NOT NULL CHECK (scope IN ('vlan', 'class')),
                vlan_id INTEGER NOT NULL,
                mac TEXT NOT NULL,
                checksum INTEGER
            ) STRICT, WITHOUT ROWID;
            """;

    private Schema() {}

    /** Whether nothing has been made of the database yet. */
    static boolean isMissing(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version") == 0
                && number(connection, "PRAGMA application_id") == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES.split(";")) {
                if (!table.isBlank()) {
                    statement.executeUpdate(table);
                }
            }
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = " + VERSION);
        }
    }

    /** Looks at the database's marks, and at every page of it. */
    static void check(Connection connection) throws SQLException, StoreUnusable {
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            throw new StoreUnusable("it is a database, but not one of Plugboard's");
        }
        long version = number(connection, "PRAGMA user_version");
        if (version != VERSION) {
            throw new StoreUnusable("its schema is version " + version + ", and this Plugboard knows " + VERSION
                    + (version > VERSION ? ": a newer Plugboard wrote it" : ""));
        }
        List<String> damages = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check(3)")) {
            while (result.next()) {
                damages.add(result.getString(1).replaceAll("\\s+", " "));
            }
        }
        if (!damages.equals(List.of("ok"))) {
            throw new StoreUnusable("it is damaged: " + String.join("; ", damages));
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }
}

package io.plugboard.ovsdb;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that are followed, with the columns that rows are read from. */
enum Table {
    OPEN_VSWITCH("Open_vSwitch", "external_ids", "ovs_version"),
    BRIDGE(
            "Bridge",
            "name",
            "datapath_id",
            "ports",
            "controller",
            "fail_mode",
            "protocols",
            "external_ids",
            "other_config"),
    PORT("Port", "name", "interfaces", "tag", "trunks", "vlan_mode", "external_ids"),
    INTERFACE("Interface", "name", "type", "ofport", "ifindex", "mac_in_use", "error", "external_ids");

    /** The name of the database. */
    static final String DATABASE = "Open_vSwitch";

    private final String title;
    private final List<String> columns;

    Table(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    String title() {
        return title;
    }

    List<String> columns() {
        return columns;
    }

    static Optional<Table> titled(String title) {
        return Stream.of(values()).filter(table -> table.title.equals(title)).findFirst();
    }
}

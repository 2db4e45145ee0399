package io.plugboard.controller.source;

/** The keys of {@code external_ids} that are read and written: what libvirt and others write, and our own. */
final class Keys {
    static final String ATTACHED_MAC = "attached-mac";
    static final String IFACE_ID = "iface-id";
    static final String PORT_GROUP = "plugboard-port-group";
    static final String RX_FILTER = "plugboard-rx-filter";
    static final String RUNNING = "plugboard-running";
    static final String UPLINK = "plugboard-uplink";
    static final String STATE = "plugboard-state";

    /** Of a bridge. */
    static final String MANAGED = "plugboard-managed";

    private Keys() {}
}

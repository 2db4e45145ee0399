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
    static final String ALLOWED_MACS = "plugboard-allowed-macs";
    static final String ADDRESSES = "plugboard-addresses";
    static final String MULTICAST_ROUTER = "plugboard-multicast-router";

    /** Of vNICs and bridges. */
    static final String PROMISCUOUS_MODE = "plugboard-promiscuous-mode";

    static final String MAC_ADDRESS_CHANGES = "plugboard-mac-address-changes";
    static final String FORGED_TRANSMITS = "plugboard-forged-transmits";

    /** Of bridges. */
    static final String MANAGED = "plugboard-managed";

    static final String NOTIFY_SWITCHES = "plugboard-notify-switches";

    private Keys() {}
}

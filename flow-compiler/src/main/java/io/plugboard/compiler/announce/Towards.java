package io.plugboard.compiler.announce;

/** Which way a frame leaves. Never both, and never to another guest. */
public enum Towards {
    /** Out of the uplink that the vNIC is pinned to. */
    UPLINK,
    /** Out of the vNIC's own port. */
    GUEST
}

package io.plugboard.topology.model;

/** What moves a vNIC to the place that its migration has prepared. */
public enum ActivateOn {
    /** Whoever prepared it says so. */
    REQUEST,
    /** The first frame that comes in by the destination port from an address that the vNIC may send from; it is forwarded. */
    FIRST_FRAME
}

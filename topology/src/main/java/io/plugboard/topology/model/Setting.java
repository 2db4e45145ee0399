package io.plugboard.topology.model;

/** What a security policy says of something that a guest may try. */
public enum Setting {
    ACCEPT,
    REJECT
}

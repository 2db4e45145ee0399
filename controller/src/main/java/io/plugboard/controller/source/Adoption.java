package io.plugboard.controller.source;

/** Which bridges of the hosts whose databases are followed are ours to program, beside those that somebody has put. */
public enum Adoption {
    /** Those that are marked {@code plugboard-managed}. */
    MANAGED,
    /** Every one. */
    ALL
}

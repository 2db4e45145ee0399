package io.plugboard.ovsdb;

/**
 * How far a database has been followed: where the next connection to it may go on.
 *
 * @param since the last transaction that the replica holds
 */
record Followed(Replica replica, String since) {}

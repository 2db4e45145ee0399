package io.plugboard.ovsdb;

import java.time.Duration;

/**
 * What a peer may cost.
 *
 * @param strangerOctets of one message, until the peer has shown that it is an Open vSwitch's database: its schema takes
 *     some 30 KiB
 * @param messageOctets of one message from then on, kept as they come; a monitor's first answer takes less than 1 KiB an
 *     Interface, with its Port
 * @param replicaOctets of memory, about, for all of its rows; an Interface with its Port takes some 4 KiB
 * @param depth of brackets within brackets; rows need about ten
 * @param greeting how long it may take from its connecting until it has told its schema
 * @param answer how long it may take to answer a request
 * @param idle how long it may say nothing before it is asked whether it is there, and then not answer
 * @param connections at a time, to one server
 * @param transactions that are not answered yet, of one session
 */
public record OvsdbLimits(
        int strangerOctets,
        int messageOctets,
        int replicaOctets,
        int depth,
        Duration greeting,
        Duration answer,
        Duration idle,
        int connections,
        int transactions) {
    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;

    /** A host of 50,000 Interfaces is within them, and a thousand strangers together take 256 MiB. */
    public static OvsdbLimits defaults() {
        return new OvsdbLimits(
                256 * KIBIBYTE,
                64 * MEBIBYTE,
                256 * MEBIBYTE,
                64,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                1024,
                256);
    }

    /** So much memory for the rows of one peer instead. */
    public OvsdbLimits withReplicaOctets(int other) {
        return new OvsdbLimits(
                strangerOctets, messageOctets, other, depth, greeting, answer, idle, connections, transactions);
    }

    /** A peer that is slow to tell its schema is given so long instead. */
    public OvsdbLimits withGreeting(Duration other) {
        return new OvsdbLimits(
                strangerOctets, messageOctets, replicaOctets, depth, other, answer, idle, connections, transactions);
    }

    /** A peer that is slow to answer is given so long instead. */
    public OvsdbLimits withAnswer(Duration other) {
        return new OvsdbLimits(
                strangerOctets, messageOctets, replicaOctets, depth, greeting, other, idle, connections, transactions);
    }

    /** A peer that says nothing is asked after so long instead. */
    public OvsdbLimits withIdle(Duration other) {
        return new OvsdbLimits(
                strangerOctets,
                messageOctets,
                replicaOctets,
                depth,
                greeting,
                answer,
                other,
                connections,
                transactions);
    }

    /** So many connections instead. */
    public OvsdbLimits withConnections(int other) {
        return new OvsdbLimits(
                strangerOctets, messageOctets, replicaOctets, depth, greeting, answer, idle, other, transactions);
    }
}

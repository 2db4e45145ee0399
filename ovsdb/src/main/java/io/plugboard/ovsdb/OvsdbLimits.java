package io.plugboard.ovsdb;

import java.time.Duration;

/**
 * What a peer may cost.
 *
 * @param strangerOctets of one message, until the peer has shown that it is an Open vSwitch's database
 * @param messageOctets of one message from then on. Open vSwitch's schema takes some 60 KiB; a monitor's first answer takes
 *     about 1 KiB an Interface
 * @param depth of brackets within brackets
 * @param answer how long it may take to answer a request
 * @param idle how long it may say nothing before it is asked whether it is there
 * @param connections at a time, to one server
 * @param transactions that are not answered yet, of one session
 */
public record OvsdbLimits(
        int strangerOctets,
        int messageOctets,
        int depth,
        Duration answer,
        Duration idle,
        int connections,
        int transactions) {
    private static final int MEBIBYTE = 1 << 20;

    public static OvsdbLimits defaults() {
        return new OvsdbLimits(MEBIBYTE, 128 * MEBIBYTE, 64, Duration.ofSeconds(10), Duration.ofSeconds(5), 1024, 256);
    }

    /** A peer that is slow to answer is given so long instead. */
    public OvsdbLimits withAnswer(Duration other) {
        return new OvsdbLimits(strangerOctets, messageOctets, depth, other, idle, connections, transactions);
    }

    /** A peer that says nothing is asked after so long instead. */
    public OvsdbLimits withIdle(Duration other) {
        return new OvsdbLimits(strangerOctets, messageOctets, depth, answer, other, connections, transactions);
    }
}

package io.plugboard.controller.config;

import io.plugboard.topology.model.AnnouncePolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * How one controller is to run.
 *
 * @param openFlow where switches connect
 * @param rest where people and scripts do
 * @param restInsecure whether REST may listen beyond loopback without TLS and a token
 * @param data the directory of the embedded store
 * @param announceRate how many frames of announcements a bridge is given in a second, at most
 * @param announce how vNICs are announced where their port group does not say
 * @param ovsdb how hosts' own databases are followed
 */
public record Settings(
        InetSocketAddress openFlow,
        InetSocketAddress rest,
        boolean restInsecure,
        Path data,
        int announceRate,
        AnnouncePolicy announce,
        OvsdbSettings ovsdb) {
    private static final int DEFAULT_RATE = 1000;
    private static final int HIGHEST_RATE = 1_000_000;

    /** @throws IllegalArgumentException when a setting cannot be; the message names it */
    public Settings {
        if (announceRate < 1 || announceRate > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "announce.rate is 1 to " + HIGHEST_RATE + " frames a second, not " + announceRate);
        }
    }

    /** Everything else is as it is where nobody sets it. */
    public Settings(InetSocketAddress openFlow, InetSocketAddress rest, boolean restInsecure, Path data) {
        this(openFlow, rest, restInsecure, data, DEFAULT_RATE, AnnouncePolicy.INHERITED, OvsdbSettings.OFF);
    }

    public Settings with(OvsdbSettings other) {
        return new Settings(openFlow, rest, restInsecure, data, announceRate, announce, other);
    }
}

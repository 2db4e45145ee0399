package io.plugboard.controller.config;

import io.plugboard.controller.source.Adoption;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How hosts' own databases are followed.
 *
 * @param listen where Open vSwitches connect; empty when none is followed
 * @param tls how they are encrypted, and by whose certificates they prove who they are
 * @param adopt which of their bridges are ours to program
 */
public record OvsdbSettings(Optional<InetSocketAddress> listen, Optional<Tls> tls, Adoption adopt) {
    public static final OvsdbSettings OFF = new OvsdbSettings(Optional.empty(), Optional.empty(), Adoption.MANAGED);

    /**
     * Files in PEM.
     *
     * @param certificate ours, and what it was signed by
     * @param key of that certificate, in PKCS #8, without a password
     * @param authorities who signs the certificates of Open vSwitches
     */
    public record Tls(Path certificate, Path key, Path authorities) {}
}

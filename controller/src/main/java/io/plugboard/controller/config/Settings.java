package io.plugboard.controller.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * How one controller is to run.
 *
 * @param openFlow where switches connect
 * @param rest where people and scripts do
 * @param restInsecure whether REST may listen beyond loopback without TLS and a token
 * @param data the directory of the embedded store
 */
public record Settings(InetSocketAddress openFlow, InetSocketAddress rest, boolean restInsecure, Path data) {}

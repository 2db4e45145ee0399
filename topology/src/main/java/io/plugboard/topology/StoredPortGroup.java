package io.plugboard.topology;

import io.plugboard.topology.model.PortGroup;

/**
 * A port group as it is stored.
 *
 * @param revision the topology's revision at which it became what it is
 */
public record StoredPortGroup(PortGroup portGroup, long revision) {}

package io.plugboard.controller.observe;

import io.plugboard.topology.model.DatapathId;

/** A bridge is doing otherwise than it did. */
public record BridgeChange(DatapathId bridge, BridgeHealth before, BridgeHealth after) {}

package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import java.util.Optional;
import java.util.OptionalLong;

/** What a path names and a request writes: a port group, a bridge or a vNIC, whether it exists or not. */
sealed interface Resource permits PortGroupResource, BridgeResource, VnicResource {
    String BASE = "/api/v1";

    /** Makes the resource of a kind from the last segment of its path. */
    @FunctionalInterface
    interface Kind {
        /** @throws IllegalArgumentException when the text cannot be the id of one; the message says why */
        Resource of(String id);
    }

    /** The path after {@link #BASE}. */
    String path();

    /** The change that makes this resource what the JSON says; empty when the findings say why there is none. */
    Optional<TopologyChange> put(JsonNode value, String pointer, Findings findings);

    TopologyChange delete();

    /** Why it is not the REST API's to change, if it is not. */
    default Optional<String> notOurs(Topology topology) {
        return Optional.empty();
    }

    /** Empty while it does not exist, or nobody has put it. */
    OptionalLong revision(Topology topology);

    /** Its representation, less the counters, which are asked for apart; empty when there is no such resource. */
    Optional<Object> view(Topology topology, Switches switches);

    /** For messages, such as "vNIC 'web-1'". */
    @Override
    String toString();
}

package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a path names and a request writes: a port group, a bridge, a vNIC or its receive filter, whether it exists or not. */
sealed interface Resource permits PortGroupResource, BridgeResource, Resource.OfVnic {
    String BASE = "/api/v1";

    /** Makes the resource of a kind from the last segment of its path. */
    @FunctionalInterface
    interface Kind {
        /** @throws IllegalArgumentException when the text cannot be the id of one; the message says why */
        Resource of(String id);
    }

    /** The path after {@link #BASE}. */
    String path();

    /** The changes that make this resource what the JSON says; empty when the findings say why there are none. */
    Optional<List<TopologyChange>> put(JsonNode value, String pointer, Findings findings);

    TopologyChange delete();

    /** What deletes it by what is true, and by what hosts say. */
    default TopologyChange delete(Topology topology, Hosts hosts) {
        return delete();
    }

    /** Why it is not the REST API's to change, if it is not. */
    default Optional<String> notOurs(Topology topology) {
        return Optional.empty();
    }

    /** The same of taking it out: what a host has brought that is not connected can be, for it may be gone for good. */
    default Optional<String> notOursToDelete(Topology topology, Hosts hosts) {
        return notOurs(topology);
    }

    /** Empty while it does not exist, or nobody has put it. */
    OptionalLong revision(Topology topology);

    /** Its representation, less the counters, which are asked for apart; empty when there is no such resource. */
    Optional<Object> view(Topology topology, Switches switches);

    /** For messages, such as "vNIC 'web-1'". */
    @Override
    String toString();

    /** A vNIC or a part of one: what is put has come into force when the switch has confirmed the vNIC. */
    sealed interface OfVnic extends Resource permits VnicResource, RxFilterResource {
        VnicId id();

        /** Its representation with this status; empty when the vNIC has no such part. */
        Optional<Object> view(Attachment attachment, Optional<VnicStatus> status, Switches switches);

        @Override
        default Optional<Object> view(Topology topology, Switches switches) {
            return topology.attachment(id()).flatMap(attachment -> view(attachment, switches.vnic(id()), switches));
        }

        @Override
        default Optional<String> notOurs(Topology topology) {
            return topology.attachment(id())
                    .map(attachment -> attachment.vnic().source())
                    .filter(source -> source != Vnic.Source.REST)
                    .map(source -> "vNIC '" + id() + "' was brought by " + VnicView.text(source)
                            + ", which alone may change it");
        }
    }
}

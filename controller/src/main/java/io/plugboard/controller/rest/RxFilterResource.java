package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The receive filter of a vNIC. It exists while it is known. */
record RxFilterResource(VnicId id) implements Resource.OfVnic {
    static final String NAME = "rx-filter";

    static RxFilterResource of(String id) {
        return new RxFilterResource(new VnicId(id));
    }

    @Override
    public String path() {
        return new VnicResource(id).path() + "/" + NAME;
    }

    @Override
    public Optional<List<TopologyChange>> put(JsonNode value, String pointer, Findings findings) {
        return RxFilterView.read(value, pointer, findings)
                .map(filter -> List.of(new RxFilterReported(id, Optional.of(filter))));
    }

    @Override
    public TopologyChange delete() {
        return new RxFilterReported(id, Optional.empty());
    }

    @Override
    public OptionalLong revision(Topology topology) {
        return topology.attachment(id)
                .filter(attachment -> attachment.rxFilter().isPresent())
                .map(attachment -> OptionalLong.of(attachment.revision()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Object> view(Attachment attachment, Optional<VnicStatus> status, Switches switches) {
        return RxFilterView.of(attachment, status).map(view -> view);
    }

    @Override
    public String toString() {
        return "receive filter of vNIC '" + id + "'";
    }
}

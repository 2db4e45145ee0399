package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;
import java.util.OptionalLong;

record VnicResource(VnicId id) implements Resource {
    static final String COLLECTION = "vnics";

    static VnicResource of(String id) {
        return new VnicResource(new VnicId(id));
    }

    @Override
    public String path() {
        return "/" + COLLECTION + "/" + id;
    }

    @Override
    public Optional<TopologyChange> put(JsonNode value, String pointer, Findings findings) {
        return Fields.of(value, pointer, findings).flatMap(fields -> {
            fields.sameAsInPath("id", id, VnicId::new);
            Optional<DatapathId> bridge = fields.required("bridge", Fields.text(DatapathId::parse));
            Optional<PortRef> port = fields.required("port", VnicResource::port);
            Optional<MacAddress> mac =
                    fields.required("mac", Fields.text(text -> Vnic.requireOwnable(MacAddress.parse(text))));
            Optional<PortGroupName> portGroup = fields.required("portGroup", Fields.text(PortGroupName::new));
            fields.ignored("slot", "source", "revision", "status");
            fields.nothingElse();
            portGroup.ifPresent(name -> findings.mention(pointer + "/portGroup", name));
            if (bridge.isEmpty() || port.isEmpty() || mac.isEmpty() || portGroup.isEmpty()) {
                return Optional.empty();
            }
            Place place = new Place(bridge.get(), port.get());
            return Optional.of(
                    new TopologyChange.VnicAttached(new Vnic(id, place, mac.get(), portGroup.get(), Vnic.Source.REST)));
        });
    }

    private static Optional<PortRef> port(JsonNode node, String pointer, Findings findings) {
        if (node.isTextual()) {
            return Fields.<PortRef>text(PortRef.ByName::new).read(node, pointer, findings);
        } else if (Fields.isInteger(node)) {
            return Fields.<PortRef>integer(VnicResource::numbered).read(node, pointer, findings);
        }
        findings.unreadable(pointer, "must be a port's name or its number, not " + Fields.shown(node));
        return Optional.empty();
    }

    private static PortRef numbered(long number) {
        if (number >>> 32 != 0) {
            throw new IllegalArgumentException("a port number is 1 to 0xffffff00 or LOCAL (0xfffffffe), not " + number);
        }
        return new PortRef.ByNumber((int) number);
    }

    @Override
    public TopologyChange delete() {
        return new TopologyChange.VnicDetached(id);
    }

    @Override
    public Optional<String> notOurs(Topology topology) {
        return topology.attachment(id)
                .map(attachment -> attachment.vnic().source())
                .filter(source -> source != Vnic.Source.REST)
                .map(source -> this + " was brought by " + VnicView.text(source) + ", which alone may change it");
    }

    @Override
    public OptionalLong revision(Topology topology) {
        return topology.attachment(id)
                .map(attachment -> OptionalLong.of(attachment.revision()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Object> view(Topology topology, Switches switches) {
        Optional<Attachment> attachment = topology.attachment(id);
        return attachment.map(stored -> VnicView.of(stored, switches.vnic(id), Optional.empty()));
    }

    @Override
    public String toString() {
        return "vNIC '" + id + "'";
    }
}

package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicAddress;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

record VnicResource(VnicId id) implements Resource.OfVnic {
    static final String COLLECTION = "vnics";

    static VnicResource of(String id) {
        return new VnicResource(new VnicId(id));
    }

    @Override
    public String path() {
        return "/" + COLLECTION + "/" + id;
    }

    @Override
    public Optional<List<TopologyChange>> put(JsonNode value, String pointer, Findings findings) {
        return Fields.of(value, pointer, findings).flatMap(fields -> {
            fields.sameAsInPath("id", id, VnicId::new);
            Optional<DatapathId> bridge = fields.required("bridge", Fields.text(DatapathId::parse));
            Optional<PortRef> port = fields.required("port", VnicResource::port);
            Optional<MacAddress> mac = fields.required("mac", Fields.text(VnicResource::ownable));
            Optional<PortGroupName> portGroup = fields.required("portGroup", Fields.text(PortGroupName::new));
            Optional<SecurityPolicy> security = fields.optional("security", SecurityView::read);
            Optional<SortedSet<MacAddress>> allowedMacs = fields.optional("allowedMacs", VnicResource::allowedMacs);
            Optional<SortedSet<VnicAddress>> addresses = fields.optional("addresses", AddressView::readAll);
            Optional<Boolean> multicastRouter = fields.optional("multicastRouter", Fields.flag());
            Optional<RxFilter> rxFilter = fields.optional("rxFilter", RxFilterView::read);
            fields.ignored("slot", "source", "migration", "leaving", "revision", "status");
            fields.nothingElse();
            portGroup.ifPresent(name -> findings.mention(pointer + "/portGroup", name));
            if (bridge.isEmpty() || port.isEmpty() || mac.isEmpty() || portGroup.isEmpty()) {
                return Optional.empty();
            }
            List<TopologyChange> changes = new ArrayList<>();
            changes.add(new TopologyChange.VnicAttached(new Vnic(
                    id,
                    new Place(bridge.get(), port.get()),
                    mac.get(),
                    portGroup.get(),
                    Vnic.Source.REST,
                    security.orElse(SecurityPolicy.INHERITED),
                    allowedMacs.orElse(Collections.emptySortedSet()),
                    addresses.orElse(Collections.emptySortedSet()),
                    multicastRouter.orElse(false))));
            rxFilter.ifPresent(filter -> changes.add(new TopologyChange.RxFilterReported(id, Optional.of(filter))));
            return Optional.of(changes);
        });
    }

    private static MacAddress ownable(String text) {
        return Vnic.requireOwnable(MacAddress.parse(text));
    }

    private static Optional<SortedSet<MacAddress>> allowedMacs(JsonNode node, String pointer, Findings findings) {
        return Fields.list(Fields.text(VnicResource::ownable))
                .read(node, pointer, findings)
                .<SortedSet<MacAddress>>map(TreeSet::new)
                .filter(macs -> {
                    boolean fits = macs.size() <= Vnic.MAX_ALLOWED;
                    if (!fits) {
                        findings.wrong(
                                pointer,
                                "a vNIC has at most " + Vnic.MAX_ALLOWED + " allowed MACs, not " + macs.size());
                    }
                    return fits;
                });
    }

    static Optional<PortRef> port(JsonNode node, String pointer, Findings findings) {
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
    public Optional<String> notOursToDelete(Topology topology, Hosts hosts) {
        return topology.attachment(id)
                .filter(attachment -> hosts.isHeard(attachment.place().bridge()))
                .flatMap(attachment -> notOurs(topology));
    }

    @Override
    public OptionalLong revision(Topology topology) {
        return topology.attachment(id)
                .map(attachment -> OptionalLong.of(attachment.revision()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Object> view(Attachment attachment, Optional<VnicStatus> status, Switches switches) {
        return Optional.of(VnicView.of(attachment, status, switches.migration(id), Optional.empty()));
    }

    @Override
    public String toString() {
        return "vNIC '" + id + "'";
    }
}

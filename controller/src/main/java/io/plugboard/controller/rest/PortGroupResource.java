package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.VlanMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

record PortGroupResource(PortGroupName name) implements Resource {
    static final String COLLECTION = "port-groups";

    static PortGroupResource of(String id) {
        return new PortGroupResource(new PortGroupName(id));
    }

    @Override
    public String path() {
        return "/" + COLLECTION + "/" + name;
    }

    @Override
    public Optional<List<TopologyChange>> put(JsonNode value, String pointer, Findings findings) {
        findings.announce(name);
        return Fields.of(value, pointer, findings).flatMap(fields -> {
            fields.sameAsInPath("name", name, PortGroupName::new);
            Optional<VlanMode> vlan = fields.required("vlan", VlanView::read);
            Optional<SecurityPolicy> security = fields.optional("security", SecurityView::read);
            Optional<TeamingPolicy> teaming = fields.optional("teaming", TeamingView::read);
            Optional<Boolean> notifySwitches = fields.optional("notifySwitches", Fields.flag());
            Optional<AnnouncePolicy> announce = fields.optional("announce", AnnounceView::read);
            Optional<Boolean> allowLinkLocalControl = fields.optional("allowLinkLocalControl", Fields.flag());
            fields.ignored("revision");
            fields.nothingElse();
            return vlan.map(mode -> List.of(new TopologyChange.PortGroupPut(new PortGroup(
                    name,
                    mode,
                    security.orElse(SecurityPolicy.INHERITED),
                    teaming,
                    notifySwitches,
                    announce.orElse(AnnouncePolicy.INHERITED),
                    allowLinkLocalControl.orElse(false)))));
        });
    }

    @Override
    public TopologyChange delete() {
        return new TopologyChange.PortGroupDeleted(name);
    }

    @Override
    public OptionalLong revision(Topology topology) {
        return topology.portGroup(name)
                .map(stored -> OptionalLong.of(stored.revision()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Object> view(Topology topology, Switches switches) {
        return topology.portGroup(name).map(PortGroupView::of);
    }

    @Override
    public String toString() {
        return "port group '" + name + "'";
    }
}

package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
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
    public Optional<TopologyChange> put(JsonNode value, String pointer, Findings findings) {
        findings.announce(name);
        return Fields.of(value, pointer, findings).flatMap(fields -> {
            fields.sameAsInPath("name", name, PortGroupName::new);
            Optional<VlanMode> vlan = fields.required("vlan", PortGroupResource::vlan);
            fields.ignored("revision");
            fields.nothingElse();
            return vlan.map(mode -> new TopologyChange.PortGroupPut(new PortGroup(name, mode)));
        });
    }

    private static Optional<VlanMode> vlan(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<Mode> mode = fields.required("mode", Fields.text(Mode::parse));
            Optional<VlanMode> vlan = mode.flatMap(known -> known == Mode.UNTAGGED
                    ? Optional.of(new VlanMode.Untagged())
                    : fields.required("id", Fields.integer(PortGroupResource::access)));
            if (mode.isPresent()) {
                fields.nothingElse();
            }
            return vlan;
        });
    }

    private static VlanMode access(long id) {
        if (id != (int) id) {
            throw new IllegalArgumentException("an access VLAN is 1 to " + VlanId.MAX + ", not " + id);
        }
        return new VlanMode.Access(new VlanId((int) id));
    }

    private enum Mode {
        UNTAGGED,
        ACCESS;

        static Mode parse(String text) {
            switch (text) {
                case "untagged":
                    return UNTAGGED;
                case "access":
                    return ACCESS;
                default:
                    throw new IllegalArgumentException("a VLAN mode is 'untagged' or 'access', not '" + text + "'");
            }
        }
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

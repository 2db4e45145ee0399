package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.TeamingPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

record BridgeResource(DatapathId dpid) implements Resource {
    static final String COLLECTION = "bridges";

    static BridgeResource of(String id) {
        return new BridgeResource(DatapathId.parse(id));
    }

    @Override
    public String path() {
        return "/" + COLLECTION + "/" + dpid;
    }

    @Override
    public Optional<List<TopologyChange>> put(JsonNode value, String pointer, Findings findings) {
        return Fields.of(value, pointer, findings).flatMap(fields -> {
            fields.sameAsInPath("dpid", dpid, DatapathId::parse);
            Optional<String> name = fields.optional("name", Fields.text(text -> text));
            Optional<List<String>> uplinks =
                    fields.optional("uplinks", Fields.list(Fields.text(text -> new PortRef.ByName(text).name())));
            Optional<SecurityPolicy> security = fields.optional("security", SecurityView::read);
            Optional<TeamingPolicy> teaming = fields.optional("teaming", TeamingView::read);
            Optional<Boolean> notifySwitches = fields.optional("notifySwitches", Fields.flag());
            fields.ignored("managed", "source", "revision", "status");
            fields.nothingElse();
            return Fields.parsed(
                    () -> List.of(new TopologyChange.BridgePut(new Bridge(
                            dpid,
                            name.orElse(""),
                            uplinks.orElse(List.of()),
                            security.orElse(SecurityPolicy.INHERITED),
                            teaming,
                            notifySwitches))),
                    pointer + "/uplinks",
                    findings);
        });
    }

    @Override
    public TopologyChange delete() {
        return new TopologyChange.BridgeDeleted(dpid);
    }

    /** A bridge that its host marks as ours is that host's from then on, with all that is plugged in there. */
    @Override
    public TopologyChange delete(Topology topology, Hosts hosts) {
        boolean isPut = topology.origin(dpid).equals(Optional.of(Origin.REST));
        return hosts.marked(dpid)
                .filter(bridge -> isPut)
                .<TopologyChange>map(TopologyChange.BridgePut::new)
                .orElseGet(this::delete);
    }

    @Override
    public Optional<String> notOurs(Topology topology) {
        return topology.origin(dpid)
                .filter(Origin.Ovsdb.class::isInstance)
                .map(origin -> "bridge " + dpid + " is marked in " + origin + ", which alone may change it");
    }

    @Override
    public Optional<String> notOursToDelete(Topology topology, Hosts hosts) {
        return notOurs(topology).filter(reason -> hosts.isHeard(dpid));
    }

    @Override
    public OptionalLong revision(Topology topology) {
        return topology.bridge(dpid)
                .map(stored -> OptionalLong.of(stored.revision()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Object> view(Topology topology, Switches switches) {
        Optional<ManagedBridge> stored = topology.bridge(dpid);
        Optional<BridgeStatus> status = switches.bridge(dpid);
        return stored.isEmpty() && status.isEmpty()
                ? Optional.empty()
                : Optional.of(BridgeView.of(dpid, stored, status));
    }

    @Override
    public String toString() {
        return "bridge " + dpid;
    }
}

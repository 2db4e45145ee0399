package io.plugboard.controller.rest;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.OfctlText;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.service.FlowListing;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The flows and groups of a bridge as the API shows them.
 *
 * @param installed none while the bridge is not connected
 */
record FlowsView(
        String bridge,
        boolean connected,
        Program desired,
        @Nullable Program installed) {

    /** @param foreign none of what is desired */
    record Program(
            List<Flow> flows, List<Group> groups, @Nullable List<Foreign> foreign) {}

    /** Packets and bytes are what the switch has counted, so only what is installed has them. */
    record Flow(
            int table,
            int priority,
            String cookie,
            String match,
            String actions,
            @Nullable String owner,
            @Nullable String rule,
            @Nullable String why,
            @Nullable Long packets,
            @Nullable Long bytes) {}

    /** @param id unsigned */
    record Group(long id, String text) {
        static Group of(io.plugboard.compiler.ir.Group group) {
            return new Group(Integer.toUnsignedLong(group.id().bits()), OfctlText.of(group));
        }
    }

    record Foreign(int table, int priority, String cookie, String description) {}

    static FlowsView of(DatapathId dpid, Topology topology, FlowListing listing) {
        Owners owners = new Owners(dpid, topology);
        Optional<Program> installed = listing.installed().map(present -> installed(owners, present));
        return new FlowsView(
                dpid.toString(), installed.isPresent(), desired(owners, listing.desired()), installed.orElse(null));
    }

    private static Program desired(Owners owners, FlowProgram program) {
        return new Program(
                program.flows().values().stream()
                        .map(flow -> flow(owners, flow.key(), flow.cookie(), flow.instructions(), null, null))
                        .toList(),
                program.groups().values().stream().map(Group::of).toList(),
                null);
    }

    private static Program installed(Owners owners, Installed present) {
        return new Program(
                present.flows().values().stream()
                        .sorted((one, other) -> one.key().compareTo(other.key()))
                        .map(flow -> flow(
                                owners,
                                flow.key(),
                                new Cookie(flow.cookie()),
                                flow.instructions(),
                                flow.packets(),
                                flow.bytes()))
                        .toList(),
                present.groups().values().stream()
                        .sorted((one, other) -> one.id().compareTo(other.id()))
                        .map(Group::of)
                        .toList(),
                present.foreignFlows().stream()
                        .map(flow -> new Foreign(
                                flow.table(),
                                flow.priority(),
                                new Cookie(flow.cookie()).toString(),
                                flow.description()))
                        .toList());
    }

    private static Flow flow(
            Owners owners,
            FlowKey key,
            Cookie cookie,
            Instructions instructions,
            @Nullable Long packets,
            @Nullable Long bytes) {
        Optional<Rule> rule = cookie.rule();
        return new Flow(
                key.table(),
                key.priority(),
                cookie.toString(),
                OfctlText.of(key.match()),
                OfctlText.of(instructions),
                cookie.owner().map(owners::name).orElse(null),
                rule.map(Rule::name).orElse(null),
                rule.map(Rule::why).orElse(null),
                packets,
                bytes);
    }
}

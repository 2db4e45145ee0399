package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read back from a switch.
 *
 * @param flows by key, those that can be said in the compiler's terms
 * @param groups by id, likewise
 * @param foreignFlows flows that use what the compiler's terms have no word for: certainly not ours
 * @param foreignGroups the ids of such groups
 * @param meter that of copies to the controller; none where the switch has no meters
 */
public record Installed(
        Map<FlowKey, InstalledFlow> flows,
        Map<GroupId, Group> groups,
        List<ForeignFlow> foreignFlows,
        List<GroupId> foreignGroups,
        Optional<ControllerMeter> meter) {

    /** Without a meter. */
    public Installed(
            Map<FlowKey, InstalledFlow> flows,
            Map<GroupId, Group> groups,
            List<ForeignFlow> foreignFlows,
            List<GroupId> foreignGroups) {
        this(flows, groups, foreignFlows, foreignGroups, Optional.empty());
    }

    /**
     * Together, table, priority and match name it; it may have the key of a flow of ours, or its cookie.
     *
     * @param match its ofp_match in hex, as the switch sent it
     * @param description what could be read of it
     */
    public record ForeignFlow(int table, int priority, String match, long cookie, String description) {}
}

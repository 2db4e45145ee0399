package io.plugboard.controller.source;

import io.plugboard.ovsdb.row.BridgeRow;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a host's database says of one of its bridges.
 *
 * @param uplinks the ports that are marked as such, by name
 * @param problems what cannot be read of it and its ports, a sentence each
 */
record BridgeSaid(
        UUID database, DatapathId dpid, BridgeRow row, BridgeKeys keys, List<String> uplinks, List<String> problems) {
    BridgeSaid {
        uplinks = List.copyOf(uplinks);
        problems = List.copyOf(problems);
    }

    String name() {
        return row.name();
    }

    boolean isMarked() {
        return keys.managed().orElse(false);
    }

    /** Which is not known of a mark that cannot be read. */
    boolean isUnmarked() {
        return keys.managed().equals(Optional.of(false));
    }

    /** One whose mark cannot be read stays what it is. */
    boolean isOurs(Topology topology) {
        return keys.managed().orElseGet(() -> topology.origin(dpid).equals(Optional.of(new Origin.Ovsdb(database))));
    }

    BridgeSaid withProblem(String problem) {
        List<String> all = new ArrayList<>(problems);
        all.add(problem);
        return new BridgeSaid(database, dpid, row, keys, uplinks, all);
    }

    /** Whatever its ports are. */
    boolean saysTheSameAs(BridgeSaid other) {
        return name().equals(other.name())
                && uplinks.equals(other.uplinks)
                && problems.equals(other.problems)
                && keys.equals(other.keys)
                && row.controllers().equals(other.row.controllers())
                && row.failMode().equals(other.row.failMode())
                && row.protocols().equals(other.row.protocols())
                && row.otherConfig().equals(other.row.otherConfig());
    }

    Bridge bridge() {
        return new Bridge(
                dpid,
                name(),
                uplinks,
                keys.security(),
                Optional.empty(),
                keys.notifySwitches(),
                new Origin.Ovsdb(database));
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What comes of something that has happened.
 *
 * @param world as it is known now
 * @param scope what of it has to be looked at anew
 */
record News(World world, Scope scope) {

    /** A host that is connected says this, all of it. */
    static News heard(World world, HostView view, Topology topology) {
        Set<DatapathId> bridges = new TreeSet<>(view.bridges().keySet());
        world.host(view.database())
                .ifPresent(before -> bridges.addAll(before.bridges().keySet()));
        Scope differing = Scope.of(world.host(view.database()), view, topology);
        Scope scope = world.isConnected(view.database()) ? differing : differing.and(Scope.of(view, topology));
        return after(world, world.heard(view, topology).forgetting(bridges, topology), scope);
    }

    /** A host that is known has gone away. */
    static News disconnected(World world, UUID database, Topology topology) {
        Scope scope = Scope.of(world.host(database).orElseThrow(), topology);
        return after(world, world.disconnected(database).forgetting(database, topology), scope);
    }

    /**
     * Somebody has changed something, the plan or somebody else.
     *
     * @param vnics those of all that were touched which are, or were, a host's
     * @param when by what was said until then
     */
    static News changed(World world, Topology before, Topology after, Touched touched, Set<VnicId> vnics, long when) {
        return after(
                world, world.changed(before, after, touched, when), Scope.of(vnics, touched.bridges(), before, after));
    }

    /** The hosts have had time to come since the start. */
    static News settled(World world, Topology topology) {
        Set<DatapathId> bridges = new TreeSet<>();
        topology.bridges().values().stream().map(ManagedBridge::bridge).forEach(bridge -> bridges.add(bridge.dpid()));
        return new News(world.settled(), Scope.ofWhole(bridges));
    }

    /** Where a host is forgotten, another one may be the first now that has its bridge. */
    private static News after(World before, World now, Scope scope) {
        return new News(now, scope.and(Scope.ofWhole(now.bridgesOfHostsForgottenSince(before))));
    }
}

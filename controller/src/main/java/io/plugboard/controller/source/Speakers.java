package io.plugboard.controller.source;

import io.plugboard.topology.model.DatapathId;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** Which hosts have, or had, a bridge of this id, the one that is believed first. Immutable. */
record Speakers(PMap<DatapathId, PVector<UUID>> databases) {
    static final Speakers NONE = new Speakers(HashTreePMap.empty());

    /** So many are remembered of one bridge, however many come and go. */
    private static final int MOST = 64;

    PVector<UUID> of(DatapathId dpid) {
        return databases.getOrDefault(dpid, TreePVector.empty());
    }

    /** It speaks of the bridge, too, unless too many do. */
    Speakers with(DatapathId dpid, UUID database) {
        PVector<UUID> those = of(dpid);
        if (those.contains(database) || those.size() >= MOST) {
            return this;
        }
        return new Speakers(databases.plus(dpid, those.plus(database)));
    }

    /** It is believed from now on. */
    Speakers withFirst(DatapathId dpid, UUID database) {
        PVector<UUID> others = of(dpid).minus(database);
        PVector<UUID> room = others.size() < MOST ? others : others.minus(others.size() - 1);
        return new Speakers(databases.plus(dpid, room.plus(0, database)));
    }

    Speakers without(DatapathId dpid) {
        return new Speakers(databases.minus(dpid));
    }
}

package io.plugboard.topology;

import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.UplinkPin;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bridge as it is stored.
 *
 * @param uplinks the name of each uplink by its slot; an uplink keeps its slot for as long as the bridge names it
 * @param revision the topology's revision at which it became what it is
 */
public record ManagedBridge(Bridge bridge, SortedMap<UplinkPin, String> uplinks, long revision) {
    public ManagedBridge {
        uplinks = Collections.unmodifiableSortedMap(new TreeMap<>(uplinks));
        List<String> names = uplinks.values().stream().sorted().toList();
        if (!names.equals(bridge.uplinks().stream().sorted().toList()) || uplinks.containsKey(UplinkPin.NONE)) {
            throw new IllegalArgumentException(
                    "bridge " + bridge.dpid() + " has uplinks " + bridge.uplinks() + ", and slots for " + uplinks);
        }
    }

    static ManagedBridge create(Bridge bridge, long revision) {
        return new ManagedBridge(bridge, slots(new TreeMap<>(), bridge), revision);
    }

    /** Uplinks that stay keep their slots; new ones get the smallest that are free then, in the order they are named. */
    ManagedBridge replacedBy(Bridge next, long nextRevision) {
        return new ManagedBridge(next, slots(uplinks, next), nextRevision);
    }

    private static SortedMap<UplinkPin, String> slots(SortedMap<UplinkPin, String> before, Bridge next) {
        SortedMap<UplinkPin, String> kept = new TreeMap<>(before);
        kept.values().retainAll(next.uplinks());
        for (String name : next.uplinks()) {
            if (!kept.containsValue(name)) {
                int slot = 1;
                while (kept.containsKey(new UplinkPin(slot))) {
                    slot++;
                }
                kept.put(new UplinkPin(slot), name);
            }
        }
        return kept;
    }
}

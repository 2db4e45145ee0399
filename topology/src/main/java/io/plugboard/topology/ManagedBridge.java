package io.plugboard.topology;

import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.UplinkPin;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A bridge as it is stored.
 *
 * @param uplinks the name of each uplink by its slot; an uplink keeps its slot for as long as the bridge names it
 * @param down the uplinks that were last seen without a link, or not at all; one that was never seen is not among them
 * @param revision the topology's revision at which it became what it is
 */
public record ManagedBridge(
        Bridge bridge, SortedMap<UplinkPin, String> uplinks, SortedSet<UplinkPin> down, long revision) {
    public ManagedBridge {
        uplinks = Collections.unmodifiableSortedMap(new TreeMap<>(uplinks));
        down = Collections.unmodifiableSortedSet(new TreeSet<>(down));
        List<String> names = uplinks.values().stream().sorted().toList();
        if (!names.equals(bridge.uplinks().stream().sorted().toList()) || uplinks.containsKey(UplinkPin.NONE)) {
            throw new IllegalArgumentException(
                    "bridge " + bridge.dpid() + " has uplinks " + bridge.uplinks() + ", and slots for " + uplinks);
        }
    }

    static ManagedBridge create(Bridge bridge, long revision) {
        return new ManagedBridge(bridge, slots(new TreeMap<>(), bridge), new TreeSet<>(), revision);
    }

    /** The slot of the uplink of this name. */
    public Optional<UplinkPin> pinOf(String uplink) {
        return uplinks.entrySet().stream()
                .filter(entry -> entry.getValue().equals(uplink))
                .map(Map.Entry::getKey)
                .findAny();
    }

    public boolean isUp(UplinkPin uplink) {
        return uplinks.containsKey(uplink) && !down.contains(uplink);
    }

    /** Uplinks that stay keep their slots; new ones get the smallest that are free then, in the order they are named. */
    ManagedBridge replacedBy(Bridge next, long nextRevision) {
        SortedMap<UplinkPin, String> slots = slots(uplinks, next);
        SortedSet<UplinkPin> stillDown = new TreeSet<>(down);
        stillDown.removeIf(pin -> !Objects.equals(slots.get(pin), uplinks.get(pin)));
        return new ManagedBridge(next, slots, stillDown, nextRevision);
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

    boolean differsOnlyInRevision(ManagedBridge other) {
        return equals(new ManagedBridge(other.bridge, other.uplinks, other.down, revision));
    }

    ManagedBridge with(UplinkPin uplink, boolean up) {
        SortedSet<UplinkPin> others = new TreeSet<>(down);
        if (up) {
            others.remove(uplink);
        } else {
            others.add(uplink);
        }
        return new ManagedBridge(bridge, uplinks, others, revision);
    }
}

package io.plugboard.topology;

import io.plugboard.topology.model.UplinkPin;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Spreads vNICs over uplinks: evenly, and moving no more of them than evenness needs. */
final class Pinning {
    private static final Comparator<Load> BY_SIZE =
            Comparator.comparingInt(load -> load.slots().size());

    private Pinning() {}

    /** The slots of the vNICs pinned to one uplink, ascending. */
    private record Load(UplinkPin pin, Deque<Integer> slots) {}

    /** The uplink with the fewest vNICs, the lowest of several. */
    static UplinkPin leastUsed(Collection<UplinkPin> uplinks, Switchboard switchboard) {
        return uplinks.stream()
                .min(Comparator.comparingInt(switchboard::pinnedTo).thenComparing(Comparator.naturalOrder()))
                .orElse(UplinkPin.NONE);
    }

    /**
     * The new pins, by slot, of the attachments that must move: those whose uplink is gone, and of the most used uplinks
     * as many, from the highest slot down, as makes all counts differ by one at most.
     *
     * @param attachments all of the bridge's, by slot
     */
    static Map<Integer, UplinkPin> balance(Collection<UplinkPin> uplinks, Collection<Attachment> attachments) {
        Map<UplinkPin, Load> loadByPin = new TreeMap<>();
        uplinks.forEach(pin -> loadByPin.put(pin, new Load(pin, new ArrayDeque<>())));
        Deque<Integer> homeless = new ArrayDeque<>();
        for (Attachment attachment : attachments) {
            Load load = loadByPin.get(attachment.pin());
            (load == null ? homeless : load.slots()).addLast(attachment.slot());
        }
        Collection<Load> loads = loadByPin.values();
        Map<Integer, UplinkPin> moved = new HashMap<>();
        if (uplinks.isEmpty()) {
            for (Attachment attachment : attachments) {
                if (attachment.pin().isPinned()) {
                    moved.put(attachment.slot(), UplinkPin.NONE);
                }
            }
            return moved;
        }
        for (int slot : homeless) {
            Load least = leastLoaded(loads);
            least.slots().addLast(slot);
            moved.put(slot, least.pin());
        }
        for (; ; ) {
            Load most = Collections.max(loads, BY_SIZE);
            Load least = leastLoaded(loads);
            if (most.slots().size() - least.slots().size() <= 1) {
                return moved;
            }
            int slot = most.slots().removeLast();
            least.slots().addLast(slot);
            moved.put(slot, least.pin());
        }
    }

    private static Load leastLoaded(Collection<Load> loads) {
        return Collections.min(loads, BY_SIZE);
    }
}

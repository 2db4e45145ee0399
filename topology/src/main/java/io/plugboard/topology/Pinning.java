package io.plugboard.topology;

import io.plugboard.topology.model.UplinkPin;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Spreads vNICs over uplinks: evenly, and moving no more of them than evenness needs. */
final class Pinning {
    private final Map<UplinkPin, Integer> loads = new TreeMap<>();

    /** @param uplinks all of the bridge's */
    Pinning(Collection<UplinkPin> uplinks, Switchboard switchboard) {
        uplinks.forEach(pin -> loads.put(pin, switchboard.pinnedTo(pin)));
    }

    /** The uplink of these with the fewest vNICs, the first of several. */
    Optional<UplinkPin> leastUsed(List<UplinkPin> eligible) {
        return eligible.stream().min(Comparator.comparingInt(this::load));
    }

    private int load(UplinkPin pin) {
        return loads.getOrDefault(pin, 0);
    }

    /** One vNIC more uses the one, and one less the other. */
    void move(UplinkPin from, UplinkPin to) {
        loads.computeIfPresent(from, (pin, load) -> load - 1);
        loads.merge(to, 1, Integer::sum);
    }

    /**
     * The new pins of those vNICs of one team that must move: those whose pin is not eligible, and of the most used
     * uplinks as many, from the highest slot down, as makes all counts differ by one at most.
     *
     * @param eligible at least one
     * @param members by slot
     */
    Map<Attachment, UplinkPin> balance(List<UplinkPin> eligible, Collection<Attachment> members) {
        Map<Attachment, UplinkPin> moved = new HashMap<>();
        Map<UplinkPin, Deque<Attachment>> pinned = new TreeMap<>();
        for (Attachment attachment : members) {
            UplinkPin pin = attachment.pin();
            if (!eligible.contains(pin)) {
                pin = leastUsed(eligible).orElseThrow();
                moved.put(attachment, pin);
                move(attachment.pin(), pin);
            }
            pinned.computeIfAbsent(pin, unused -> new ArrayDeque<>()).addLast(attachment);
        }
        for (; ; ) {
            UplinkPin least = leastUsed(eligible).orElseThrow();
            Optional<Map.Entry<UplinkPin, Deque<Attachment>>> most = pinned.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .max(Comparator.comparingInt(entry -> load(entry.getKey())));
            if (most.isEmpty() || load(most.get().getKey()) - load(least) <= 1) {
                return moved;
            }
            Attachment attachment = most.get().getValue().removeLast();
            pinned.computeIfAbsent(least, unused -> new ArrayDeque<>()).addLast(attachment);
            move(most.get().getKey(), least);
            moved.put(attachment, least);
        }
    }
}

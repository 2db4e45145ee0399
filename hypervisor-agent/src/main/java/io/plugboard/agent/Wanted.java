package io.plugboard.agent;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What rows of the table Interface should say of the cards that are plugged into them, and do not say yet. It follows from what
 * the cards and the rows are now, and from nothing that was written before. Rows without a card stay as they are.
 */
final class Wanted {
    static final String RX_FILTER = "plugboard-rx-filter";
    static final String RUNNING = "plugboard-running";

    private static final String ATTACHED_MAC = "attached-mac";

    private final Map<String, InterfaceRow> byName = new HashMap<>();
    private final Map<Integer, InterfaceRow> byIndex = new HashMap<>();
    private final Map<MacAddress, List<InterfaceRow>> byMac = new HashMap<>();

    private Wanted(Snapshot snapshot) {
        for (InterfaceRow row : snapshot.interfaces().values()) {
            byName.put(row.name(), row);
            row.ifindex().filter(index -> index > 0).ifPresent(index -> byIndex.put(index, row));
            attachedMac(row)
                    .ifPresent(mac -> byMac.computeIfAbsent(mac, unused -> new ArrayList<>())
                            .add(row));
        }
    }

    private static Optional<MacAddress> attachedMac(InterfaceRow row) {
        try {
            return Optional.ofNullable(row.externalIds().get(ATTACHED_MAC)).map(MacAddress::parse);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The changes that make it so, one a row. */
    static List<Operation> of(Collection<Card> cards, Snapshot snapshot) {
        Wanted wanted = new Wanted(snapshot);
        Map<UUID, Operation> changes = new HashMap<>();
        for (Card card : cards) {
            wanted.row(card).ifPresent(row -> change(card, row).ifPresent(change -> changes.put(row.uuid(), change)));
        }
        return changes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** By the card's other end, which nothing else can be; else by its address, if one row alone has it. */
    private Optional<InterfaceRow> row(Card card) {
        return card.device()
                .map(byName::get)
                .or(() -> card.peerIndex().map(byIndex::get))
                .or(() -> card.initialMac()
                        .map(mac -> byMac.getOrDefault(mac, List.of()))
                        .filter(rows -> rows.size() == 1)
                        .map(rows -> rows.get(0)));
    }

    private static Optional<Operation> change(Card card, InterfaceRow row) {
        Map<String, String> put = new HashMap<>();
        Set<String> remove = new TreeSet<>();
        card.rxFilter()
                .ifPresentOrElse(filter -> put.put(RX_FILTER, FilterJson.of(filter)), () -> remove.add(RX_FILTER));
        card.running().ifPresent(running -> put.put(RUNNING, running.toString()));
        put.entrySet().removeIf(isThere(row));
        remove.removeIf(key -> !row.externalIds().containsKey(key));
        return put.isEmpty() && remove.isEmpty()
                ? Optional.empty()
                : Optional.of(new Operation.PutKeys("Interface", row.uuid(), "external_ids", put, remove));
    }

    private static Predicate<Map.Entry<String, String>> isThere(InterfaceRow row) {
        return pair -> pair.getValue().equals(row.externalIds().get(pair.getKey()));
    }
}

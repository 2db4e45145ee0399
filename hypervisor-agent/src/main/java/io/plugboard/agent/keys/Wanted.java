package io.plugboard.agent.keys;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.Snapshot;
import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /**
     * The changes that make it so, one a row.
     *
     * @param cards where two are plugged into one row, the earlier one is believed
     */
    static List<Operation> of(List<Card> cards, Snapshot snapshot) {
        return new Wanted(snapshot)
                .plugs(cards).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(InterfaceRow::uuid)))
                        .flatMap(plug -> change(plug.getValue(), plug.getKey()).stream())
                        .toList();
    }

    /** By the card's other end, which nothing else can be; else by its address, if one row alone that is left has it. */
    private Map<InterfaceRow, Card> plugs(List<Card> cards) {
        Map<InterfaceRow, Card> plugs = new HashMap<>();
        List<Card> unplugged = new ArrayList<>();
        for (Card card : cards) {
            card.device()
                    .map(byName::get)
                    .or(() -> card.peerIndex().map(byIndex::get))
                    .ifPresentOrElse(row -> plugs.putIfAbsent(row, card), () -> unplugged.add(card));
        }
        Set<InterfaceRow> taken = Set.copyOf(plugs.keySet());
        for (Card card : unplugged) {
            List<InterfaceRow> left = card.initialMac().map(byMac::get).orElse(List.of()).stream()
                    .filter(row -> !taken.contains(row))
                    .toList();
            if (left.size() == 1) {
                plugs.putIfAbsent(left.get(0), card);
            }
        }
        return plugs;
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

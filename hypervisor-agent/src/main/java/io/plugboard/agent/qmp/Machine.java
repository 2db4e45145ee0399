package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.agent.keys.Card;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one QEMU: whether its guest runs, and what its cards want to receive. QEMU tells of a changed filter once and then
 * keeps silent until it is asked; so each event is followed by a question, at once the first time and after a short rest when
 * a guest changes its filter without end: the newest state is what counts.
 */
public final class Machine implements QmpListener {
    private static final Logger log = LoggerFactory.getLogger(Machine.class);
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
    private static final Duration REST = Duration.ofMillis(20);

    /** Of {@code query-status}: a guest that has suspended itself is here, and wakes up here. */
    private static final Set<String> RUNNING = Set.of("running", "suspended");

    /** A QEMU that claims to have more is not believed, so that it cannot fill the memory. */
    private static final int MAX_CARDS = 64;

    private final String name;
    private final Consumer<List<Card>> cards;

    private final Map<String, Optional<String>> taps = new TreeMap<>();
    private final Map<String, MacAddress> initialMacs = new HashMap<>();
    /** Of each card that has been asked for; empty where there is none. */
    private final Map<String, Optional<RxFilter>> filters = new TreeMap<>();

    private final Set<String> complainedOf = new HashSet<>();
    private Optional<String> trouble = Optional.empty();
    private Optional<Boolean> running = Optional.empty();

    /** How often it was told that the guest runs, or does not any more. */
    private long turns;

    private boolean areCardsKnown;
    private boolean isAsking;
    private boolean isToAskAgain;

    /** @param cards is told what they are, each time that something of them may have changed */
    public Machine(String name, Consumer<List<Card>> cards) {
        this.name = name;
        this.cards = cards;
    }

    @Override
    public void ready(QmpMonitor monitor) {
        log.info("QEMU {}: connected", name);
        isAsking = false;
        askAll(monitor);
    }

    /** Asks for everything: something may have been told that was not heard. What was known stands until it has answered. */
    public void askAll(QmpMonitor monitor) {
        long before = turns;
        monitor.execute("query-status", NOTHING).thenAccept(status -> {
            // An event that came meanwhile is newer than the answer, which may have come another way.
            if (turns == before) {
                runs(RUNNING.contains(status.path("status").asText()));
            }
        });
        askAnew(monitor);
    }

    @Override
    public void event(QmpMonitor monitor, String event, JsonNode data) {
        switch (event) {
            // A guest that has come from elsewhere has its filter with it, and QEMU says nothing of that.
            case "RESUME" -> {
                runsByEvent(true);
                askAnew(monitor);
            }
            case "STOP", "SHUTDOWN" -> runsByEvent(false);
            case "NIC_RX_FILTER_CHANGED", "RESET" -> ask(monitor);
            case "DEVICE_DELETED" -> askAnew(monitor);
            default -> log.trace("QEMU {}: {}", name, event);
        }
    }

    private void runsByEvent(boolean now) {
        turns++;
        runs(now);
    }

    private void runs(boolean now) {
        running = Optional.of(now);
        tell();
    }

    private void askAnew(QmpMonitor monitor) {
        areCardsKnown = false;
        ask(monitor);
    }

    private void ask(QmpMonitor monitor) {
        if (isAsking) {
            isToAskAgain = true;
            return;
        }
        isAsking = true;
        isToAskAgain = false;
        monitor.execute("query-rx-filter", NOTHING)
                .thenCompose(answer -> knowCards(monitor, answer).thenAccept(known -> read(answer)))
                .whenComplete((done, failed) -> {
                    if (failed == null) {
                        trouble = Optional.empty();
                    } else {
                        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
                        complain(String.valueOf(cause.getMessage()));
                    }
                    monitor.later(REST, () -> {
                        isAsking = false;
                        if (isToAskAgain) {
                            ask(monitor);
                        }
                    });
                });
    }

    /** Asks which cards there are, with their taps and addresses, if one of the answer has not been seen before. */
    private CompletionStage<?> knowCards(QmpMonitor monitor, JsonNode answer) {
        for (JsonNode card : answer) {
            areCardsKnown &= taps.containsKey(nameOf(card));
        }
        if (areCardsKnown) {
            return CompletableFuture.completedFuture(null);
        }
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("command-line", "info network");
        return monitor.execute("human-monitor-command", info)
                .handle((text, failed) ->
                        failed == null ? NetworkInfo.taps(text.asText()) : Map.<String, Optional<String>>of())
                .thenCompose(found -> {
                    areCardsKnown = true;
                    taps.clear();
                    found.forEach(this::know);
                    answer.forEach(card -> know(nameOf(card), Optional.empty()));
                    initialMacs.clear();
                    return knowAddresses(monitor);
                });
    }

    private void know(String card, Optional<String> tap) {
        if (taps.size() < MAX_CARDS) {
            taps.putIfAbsent(card, tap);
        }
    }

    private CompletionStage<?> knowAddresses(QmpMonitor monitor) {
        return CompletableFuture.allOf(taps.keySet().stream()
                .map(card -> {
                    ObjectNode property = JsonNodeFactory.instance
                            .objectNode()
                            .put("path", "/machine/peripheral/" + card)
                            .put("property", "mac");
                    return monitor.execute("qom-get", property)
                            .thenAccept(mac -> initialMacs.put(card, MacAddress.parse(mac.asText())))
                            // A card that was given no id is not found there: it has its tap's name at best.
                            .exceptionally(unknown -> null)
                            .toCompletableFuture();
                })
                .toArray(CompletableFuture[]::new));
    }

    private void read(JsonNode answer) {
        // Of a card that it does not answer for, such as an e1000, nothing but its guest's running is known.
        taps.keySet().forEach(card -> filters.putIfAbsent(card, Optional.empty()));
        filters.keySet().retainAll(taps.keySet());
        for (JsonNode info : answer) {
            String card = nameOf(info);
            try {
                Optional<RxFilter> filter = ReportedFilter.read(info);
                filters.replace(card, filter);
            } catch (IllegalArgumentException wrong) {
                complain(card, wrong);
            }
        }
        tell();
    }

    private static String nameOf(JsonNode card) {
        return card.path("name").asText();
    }

    /** Each trouble is told once, however often it comes. */
    private void complain(String reason) {
        if (!trouble.equals(Optional.of(reason))) {
            trouble = Optional.of(reason);
            log.warn("QEMU {}: {}", name, reason);
        }
    }

    private void complain(String card, IllegalArgumentException wrong) {
        if (complainedOf.size() < MAX_CARDS && complainedOf.add(card)) {
            log.warn("QEMU {}, card {}: {}", name, card, wrong.getMessage());
        }
    }

    private void tell() {
        cards.accept(filters.entrySet().stream()
                .map(card -> new Card(
                        taps.getOrDefault(card.getKey(), Optional.empty()),
                        Optional.empty(),
                        Optional.ofNullable(initialMacs.get(card.getKey())),
                        card.getValue(),
                        running))
                .toList());
    }

    /** What is gone does not run. What its cards wanted last is left to be read. */
    @Override
    public void absent() {
        turns++;
        if (running.equals(Optional.of(true))) {
            runs(false);
        }
    }
}

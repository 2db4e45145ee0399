package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.agent.Card;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final String name;
    private final Consumer<List<Card>> cards;

    private Map<String, String> taps = Map.of();
    private final Map<String, MacAddress> initialMacs = new HashMap<>();
    private final Map<String, Optional<RxFilter>> filters = new HashMap<>();
    private final Set<String> complainedOf = new HashSet<>();
    private Optional<Boolean> running = Optional.empty();

    private boolean isAsking;
    private boolean isToAskAgain;

    /** @param cards is told what they are, each time that something of them has changed */
    public Machine(String name, Consumer<List<Card>> cards) {
        this.name = name;
        this.cards = cards;
    }

    @Override
    public void ready(QmpSession there) {
        log.info("QEMU {}: connected", name);
        taps = Map.of();
        initialMacs.clear();
        filters.clear();
        running = Optional.empty();
        isAsking = false;
        there.execute("query-status", NOTHING)
                .thenAccept(status -> runs(status.path("running").asBoolean()));
        askOfFilters(there);
    }

    @Override
    public void event(QmpSession from, String event, JsonNode data) {
        switch (event) {
            case "RESUME" -> runs(true);
            case "STOP", "SHUTDOWN" -> runs(false);
            case "NIC_RX_FILTER_CHANGED", "RESET", "DEVICE_DELETED" -> askOfFilters(from);
            default -> log.trace("QEMU {}: {}", name, event);
        }
    }

    private void runs(boolean now) {
        running = Optional.of(now);
        tell();
    }

    private void askOfFilters(QmpSession there) {
        if (isAsking) {
            isToAskAgain = true;
            return;
        }
        isAsking = true;
        isToAskAgain = false;
        there.execute("query-rx-filter", NOTHING)
                .thenCompose(answer -> knowAll(there, answer).thenApply(known -> answer))
                .whenComplete((answer, failed) -> {
                    if (failed == null) {
                        read(answer);
                    } else {
                        log.warn("QEMU {}: {}", name, failed.getMessage());
                    }
                    there.later(REST, () -> {
                        isAsking = false;
                        if (isToAskAgain) {
                            askOfFilters(there);
                        }
                    });
                });
    }

    /** Asks which tap and which address the cards have that have not been seen before. */
    private CompletionStage<?> knowAll(QmpSession there, JsonNode answer) {
        List<String> unknown = new ArrayList<>();
        answer.forEach(card -> unknown.add(card.path("name").asText()));
        unknown.removeAll(filters.keySet());
        if (unknown.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("command-line", "info network");
        CompletionStage<?> all = there.execute("human-monitor-command", info).handle((text, failed) -> {
            taps = failed == null ? NetworkInfo.taps(text.asText()) : taps;
            return text;
        });
        for (String card : unknown) {
            ObjectNode property = JsonNodeFactory.instance
                    .objectNode()
                    .put("path", "/machine/peripheral/" + card)
                    .put("property", "mac");
            CompletionStage<?> mac = there.execute("qom-get", property).handle((text, failed) -> {
                if (failed == null) {
                    initialMac(card, text.asText());
                }
                return text;
            });
            all = all.thenCombine(mac, (one, other) -> one);
        }
        return all;
    }

    private void initialMac(String card, String text) {
        try {
            initialMacs.put(card, MacAddress.parse(text));
        } catch (IllegalArgumentException wrong) {
            complain(card, wrong);
        }
    }

    private void read(JsonNode answer) {
        Set<String> seen = new HashSet<>();
        for (JsonNode info : answer) {
            String card = info.path("name").asText();
            seen.add(card);
            try {
                filters.put(card, ReportedFilter.read(info));
            } catch (IllegalArgumentException wrong) {
                complain(card, wrong);
            }
        }
        filters.keySet().retainAll(seen);
        tell();
    }

    private void complain(String card, IllegalArgumentException wrong) {
        if (complainedOf.add(card)) {
            log.warn("QEMU {}, card {}: {}", name, card, wrong.getMessage());
        }
    }

    private void tell() {
        cards.accept(filters.entrySet().stream()
                .map(card -> new Card(
                        Optional.ofNullable(taps.get(card.getKey())),
                        Optional.empty(),
                        Optional.ofNullable(initialMacs.get(card.getKey())),
                        card.getValue(),
                        running))
                .toList());
    }

    /** That its monitor is closed says nothing of the guest. */
    @Override
    public void closed(QmpSession from, String reason) {
        log.info("QEMU {}: {}", name, reason);
    }

    @Override
    public void absent() {
        if (running.filter(runs -> runs).isPresent()) {
            runs(false);
        }
    }
}

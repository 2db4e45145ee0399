package io.plugboard.controller.service;

import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.model.VnicId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who waits for vNICs of one bridge to settle. Thread-safe. */
final class Waiters {
    private final Map<VnicId, Set<CompletableFuture<Optional<VnicStatus>>>> waiting = new ConcurrentHashMap<>();

    /** To be settled, or cancelled by whoever waits. */
    CompletableFuture<Optional<VnicStatus>> add(VnicId id) {
        CompletableFuture<Optional<VnicStatus>> waiter = new CompletableFuture<>();
        waiting.compute(id, (unused, others) -> {
            Set<CompletableFuture<Optional<VnicStatus>>> all = others == null ? new HashSet<>() : new HashSet<>(others);
            all.add(waiter);
            return all;
        });
        waiter.whenComplete((status, cancelled) -> remove(id, waiter));
        return waiter;
    }

    private void remove(VnicId id, CompletableFuture<Optional<VnicStatus>> waiter) {
        waiting.computeIfPresent(id, (unused, others) -> {
            Set<CompletableFuture<Optional<VnicStatus>>> left = new HashSet<>(others);
            left.remove(waiter);
            return left.isEmpty() ? null : left;
        });
    }

    /**
     * @param status of a vNIC now; empty when it is not on this bridge any more
     * @param isSettled whether there is nothing more to wait for
     */
    void settle(Function<VnicId, Optional<VnicStatus>> status, Predicate<VnicId> isSettled) {
        waiting.forEach((id, waiters) -> {
            Optional<VnicStatus> now = status.apply(id);
            if (now.isEmpty() || isSettled.test(id)) {
                waiters.forEach(waiter -> waiter.complete(now));
            }
        });
    }
}

package io.plugboard.controller.service;

import io.plugboard.topology.model.VnicId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who waits for vNICs, or their migrations, to settle on one bridge. Thread-safe. */
final class Waiters<T> {
    private final Predicate<T> isSettled;
    private final Map<VnicId, Set<CompletableFuture<Optional<T>>>> waiting = new ConcurrentHashMap<>();

    /** @param isSettled whether nobody needs to wait any longer when this is the status */
    Waiters(Predicate<T> isSettled) {
        this.isSettled = isSettled;
    }

    /** To be settled, or cancelled by whoever waits. */
    CompletableFuture<Optional<T>> add(VnicId id) {
        CompletableFuture<Optional<T>> waiter = new CompletableFuture<>();
        waiting.compute(id, (unused, others) -> {
            Set<CompletableFuture<Optional<T>>> all = others == null ? new HashSet<>() : new HashSet<>(others);
            all.add(waiter);
            return all;
        });
        waiter.whenComplete((status, cancelled) -> remove(id, waiter));
        return waiter;
    }

    private void remove(VnicId id, CompletableFuture<Optional<T>> waiter) {
        waiting.computeIfPresent(id, (unused, others) -> {
            Set<CompletableFuture<Optional<T>>> left = new HashSet<>(others);
            left.remove(waiter);
            return left.isEmpty() ? null : left;
        });
    }

    /** @param status of a vNIC now; empty when it has no place of this kind on this bridge any more */
    void settle(Function<VnicId, Optional<T>> status) {
        waiting.forEach((id, waiters) -> {
            Optional<T> now = status.apply(id);
            if (now.isEmpty() || isSettled.test(now.get())) {
                waiters.forEach(waiter -> waiter.complete(now));
            }
        });
    }
}

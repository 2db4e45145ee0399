package io.plugboard.controller.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who has asked for a read-back, and whose is under way: each gets an answer, whatever becomes of the session. */
final class Resyncs {
    private final List<CompletableFuture<Sync>> asked = new ArrayList<>();
    private final List<CompletableFuture<Sync>> underWay = new ArrayList<>();

    void ask(CompletableFuture<Sync> one) {
        asked.add(one);
    }

    boolean areAsked() {
        return !asked.isEmpty();
    }

    /** The read-back that now begins answers all who have asked until now. */
    void begin() {
        underWay.addAll(asked);
        asked.clear();
    }

    void answer(Sync sync) {
        List<CompletableFuture<Sync>> answered = new ArrayList<>(underWay);
        underWay.clear();
        answered.forEach(one -> one.complete(sync));
    }

    void fail(String reason) {
        begin();
        List<CompletableFuture<Sync>> failed = new ArrayList<>(underWay);
        underWay.clear();
        failed.forEach(one -> one.completeExceptionally(new ConnectionLost(reason)));
    }
}

package io.plugboard.controller.service;

import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each change through three threads, in order:
 *
 * <pre>
 *   writer     decides and applies it to the newest snapshot, stored or not
 *   storer     stores all that was decided meanwhile, with one wait for the disk
 *   publisher  audits it, tells the listeners, completes the caller's stage
 * </pre>
 *
 * <p>When storing fails, everything that was decided on top of it fails as well, and the writer goes on from what is stored.
 */
public final class SingleWriter implements TopologyService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleWriter.class);
    private static final int MOST_UNDER_WAY = 4096;
    private static final int MOST_IN_ONE_COMMIT = 512;

    private final TopologyStore store;
    private final List<TopologyListener> listeners;
    private final int mostUnderWay;
    private final Semaphore room;
    private final ExecutorService writer = thread("topology-writer");
    private final ExecutorService storer = thread("topology-storer");
    private final ExecutorService publisher = thread("topology-publisher");
    private final Queue<Turn> decided = new ConcurrentLinkedQueue<>();

    private final Map<DatapathId, Long> announced = new ConcurrentHashMap<>();

    /** Both are written by the storer alone. */
    private volatile Topology stored;

    private volatile int failures;

    /** Both belong to the writer. */
    private Topology newest;

    private int failuresBeforeNewest;

    /**
     * @param store stays open when this is closed
     * @param listeners told in this order
     */
    public SingleWriter(TopologyStore store, List<TopologyListener> listeners) {
        this(store, listeners, MOST_UNDER_WAY);
    }

    SingleWriter(TopologyStore store, List<TopologyListener> listeners, int mostUnderWay) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.mostUnderWay = mostUnderWay;
        room = new Semaphore(mostUnderWay);
        stored = store.load();
        newest = stored;
    }

    /**
     * A change that has been decided.
     *
     * @param failuresBefore how often storing had failed by then: when it has failed since, this stands on what is lost
     * @param applied nothing when it was refused
     */
    private record Turn(
            TopologyListener.Origin origin,
            int failuresBefore,
            Topology before,
            Topology.Applied applied,
            Optional<Exception> refusal,
            CompletableFuture<Topology.Applied> answer) {
        boolean changesSomething() {
            return !applied.touched().isEmpty();
        }
    }

    @Override
    public Topology topology() {
        return stored;
    }

    @Override
    public CompletionStage<Topology.Applied> change(String who, Change change) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedStage(
                    new StoreUnavailable(mostUnderWay + " changes are waiting to be stored already"));
        }
        TopologyListener.Origin origin = new TopologyListener.Origin(who, System.nanoTime());
        CompletableFuture<Topology.Applied> answer = new CompletableFuture<>();
        try {
            writer.execute(() -> decide(origin, change, answer));
        } catch (RejectedExecutionException closed) {
            room.release();
            return CompletableFuture.failedStage(new StoreUnavailable("the controller is shutting down", closed));
        }
        return answer;
    }

    @Override
    public void announcedUpTo(DatapathId bridge, long revision) {
        announced.merge(bridge, revision, Math::max);
        try {
            storer.execute(this::storeWhatIsAnnounced);
        } catch (RejectedExecutionException closed) {
            LOG.debug("what was announced on bridge {} will be announced again", bridge);
        }
    }

    /** Runs once for each report, and finds nothing to do where an earlier run has taken several. */
    private void storeWhatIsAnnounced() {
        Map<DatapathId, Long> revisions = Map.copyOf(announced);
        if (!revisions.isEmpty()) {
            try {
                store.announced(revisions);
                revisions.forEach(announced::remove);
            } catch (IOException | RuntimeException failed) {
                LOG.warn("what was announced could not be stored, and may be announced again: {}", failed.toString());
            }
        }
    }

    private void decide(TopologyListener.Origin origin, Change change, CompletableFuture<Topology.Applied> answer) {
        int failuresBefore = failures;
        if (failuresBefore != failuresBeforeNewest) {
            newest = stored;
            failuresBeforeNewest = failuresBefore;
        }
        Topology before = newest;
        Topology.Applied applied = new Topology.Applied(before, Touched.NOTHING);
        Optional<Exception> refusal = Optional.empty();
        try {
            applied = before.apply(change.decide(before));
        } catch (Exception refused) {
            refusal = Optional.of(refused);
        }
        newest = applied.topology();
        decided.add(new Turn(origin, failuresBefore, before, applied, refusal, answer));
        storer.execute(this::storeWhatIsDecided);
    }

    /** Runs once for each turn, and finds nothing to do where an earlier run has taken several. */
    private void storeWhatIsDecided() {
        int failuresBefore = failures;
        List<Turn> turns = new ArrayList<>();
        List<TopologyStore.Write> writes = new ArrayList<>();
        while (turns.size() < MOST_IN_ONE_COMMIT && !decided.isEmpty()) {
            Turn turn = decided.remove();
            turns.add(turn);
            if (turn.failuresBefore == failuresBefore && turn.changesSomething()) {
                writes.add(new TopologyStore.Write(turn.applied.topology(), turn.applied.touched()));
            }
        }
        Optional<StoreUnavailable> failure = writes.isEmpty() ? Optional.empty() : commit(writes);
        boolean isLost = false;
        for (Turn turn : turns) {
            if (turn.failuresBefore != failuresBefore) {
                finish(turn, Optional.of(new StoreUnavailable("a change before it could not be stored")));
            } else {
                isLost |= failure.isPresent() && turn.changesSomething();
                finish(turn, isLost ? failure : turn.refusal);
            }
        }
    }

    private Optional<StoreUnavailable> commit(List<TopologyStore.Write> writes) {
        try {
            store.commit(writes);
            stored = writes.get(writes.size() - 1).after();
            return Optional.empty();
        } catch (IOException | RuntimeException failed) {
            failures++;
            LOG.error("{} changes are refused, for they could not be stored: {}", writes.size(), failed.toString());
            return Optional.of(new StoreUnavailable("the change could not be stored: " + failed.getMessage(), failed));
        }
    }

    private void finish(Turn turn, Optional<? extends Exception> refusal) {
        publisher.execute(() -> {
            if (refusal.isEmpty() && turn.changesSomething()) {
                publish(turn);
            }
            room.release();
            refusal.ifPresentOrElse(turn.answer::completeExceptionally, () -> turn.answer.complete(turn.applied));
        });
    }

    private void publish(Turn turn) {
        AuditLog.changed(turn.origin.who(), turn.before, turn.applied);
        Topology after = turn.applied.topology();
        for (TopologyListener listener : listeners) {
            try {
                listener.published(turn.origin, turn.before, after, turn.applied.touched());
            } catch (RuntimeException fault) {
                LOG.error("{} failed on revision {}", listener, after.revision(), fault);
            }
        }
    }

    /** Takes no more changes, and returns when all that were taken are through. */
    @Override
    public void close() {
        for (ExecutorService stage : List.of(writer, storer, publisher)) {
            stage.shutdown();
            try {
                stage.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }
}

package io.plugboard.controller.source;

import io.plugboard.controller.service.StoreUnavailable;
import io.plugboard.controller.service.TopologyListener;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** Makes changes at once, in memory, and tells whoever listens. */
final class FakeTopologyService implements TopologyService {
    private final List<TopologyListener> listeners = new ArrayList<>();
    private Topology topology = Topology.EMPTY;
    private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    private int failures;
    private boolean isHolding;
    private boolean isClosing;

    void tell(TopologyListener listener) {
        listeners.add(listener);
    }

    /** The next one is not stored. */
    synchronized void failOnce() {
        failures++;
    }

    /** The next one that moves a vNIC is told of when the test says so. */
    synchronized void holdNextMove() {
        isHolding = true;
    }

    /** Tells of it. As soon as it has come. */
    Runnable held() throws InterruptedException {
        return held.take();
    }

    @Override
    public synchronized Topology topology() {
        return topology;
    }

    @Override
    public synchronized CompletionStage<Topology.Applied> change(String who, Change change) {
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedStage(new StoreUnavailable("the disk is full"));
        }
        try {
            Topology before = topology;
            List<TopologyChange> changes = change.decide(before);
            Topology.Applied applied = before.apply(changes);
            topology = applied.topology();
            if (applied.touched().isEmpty()) {
                return CompletableFuture.completedStage(applied);
            } else if (isHolding && moves(before, applied)) {
                isHolding = false;
                CompletableFuture<Topology.Applied> later = new CompletableFuture<>();
                held.add(() -> {
                    publish(before, applied);
                    later.complete(applied);
                });
                return later;
            }
            publish(before, applied);
            if (isClosing) {
                closeWhatIsLeft();
            }
            return CompletableFuture.completedStage(applied);
        } catch (Exception refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    /** From now on, places that vNICs have left are closed before it is known what the change came to by which they left. */
    synchronized void closeWhatIsLeftAtOnce() {
        isClosing = true;
    }

    private void closeWhatIsLeft() {
        topology.attachments()
                .values()
                .forEach(attachment -> attachment
                        .departing()
                        .ifPresent(seat -> change(new TopologyChange.PlaceLeft(attachment.id(), seat.place()))));
    }

    private static boolean moves(Topology before, Topology.Applied applied) {
        return applied.touched().vnics().stream()
                .filter(id -> before.attachment(id).isPresent())
                .anyMatch(id -> !before.attachment(id)
                        .map(Attachment::place)
                        .equals(applied.topology().attachment(id).map(Attachment::place)));
    }

    /** As REST does it. */
    void change(TopologyChange... changes) {
        change("rest", topology -> List.of(changes)).toCompletableFuture().join();
    }

    private void publish(Topology before, Topology.Applied applied) {
        listeners.forEach(listener -> listener.published(before, applied.topology(), applied.touched()));
    }

    @Override
    public void announcedUpTo(DatapathId bridge, long revision) {}
}

package io.plugboard.bench;

import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.AnnouncementJournal;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.reconcile.BridgeListener;
import io.plugboard.controller.service.LiveSwitches;
import io.plugboard.controller.service.SingleWriter;
import io.plugboard.controller.service.TopologyListener;
import io.plugboard.controller.service.WireReports;
import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.TopologyStore;
import io.plugboard.controller.store.embedded.SqliteStore;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.VnicId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The controller, wired together as {@link io.plugboard.controller.config.Controller} does it, less REST, with pretended
 * ports, and with a look at the clock in between.
 */
final class InProcessController implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final TopologyStore store;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LiveSwitches switches;
    private final SingleWriter topology;
    private final OpenFlowServer openFlow;
    private final AtomicLong storedAt = new AtomicLong();
    private final AtomicLong connectedAt = new AtomicLong();

    /**
     * How long a change took, in nanoseconds from the call.
     *
     * @param stored until it was on disk and about to be handed to the bridge: from here on it is accepted
     * @param confirmed until the reply to its barrier had made the vNIC active
     */
    record Took(long stored, long confirmed) {
        long fromStoredToConfirmed() {
            return confirmed - stored;
        }
    }

    /** @param ports how many ports every switch is said to have */
    InProcessController(Path data, int ports) {
        try {
            store = SqliteStore.open(data);
            WireReports wire = new WireReports(timer);
            Announcer announcer = new Announcer(
                    1000,
                    AnnouncePolicy.INHERITED,
                    store.announced(),
                    new AnnouncementJournal(new EventLog(Clock.systemUTC()), new Metrics()),
                    wire,
                    workers,
                    timer,
                    System::nanoTime,
                    Clock.systemUTC());
            switches = new LiveSwitches(
                    store.load(),
                    workers,
                    timer,
                    System::nanoTime,
                    BridgeListener.NOBODY,
                    announcer,
                    wire,
                    dpid -> List.of());
            TopologyListener clock = (before, after, touched) -> storedAt.set(System.nanoTime());
            topology = new SingleWriter(store, List.of(clock, switches));
            wire.reportTo(topology);
            openFlow = new OpenFlowServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new PretendedPorts(switches, ports, connectedAt::set),
                    SessionLimits.defaults());
            openFlow.start();
        } catch (StoreUnusable unusable) {
            throw new IllegalStateException(unusable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where switches connect. */
    InetSocketAddress openFlowAddress() {
        return openFlow.localAddress();
    }

    /** Makes the change; it is on disk when this returns. */
    void change(List<TopologyChange> changes) {
        await(topology.change("benchmark", current -> changes));
    }

    /** Makes the change, and waits until this vNIC, which it attaches, is active. */
    Took changeUntilActive(List<TopologyChange> changes, VnicId vnic) {
        long start = System.nanoTime();
        return await(topology.change("benchmark", current -> changes)
                .thenCompose(applied -> switches.whenSettled(vnic))
                .thenApply(status -> {
                    long confirmed = System.nanoTime();
                    requireActive(vnic, status);
                    return new Took(storedAt.get() - start, confirmed - start);
                }));
    }

    /** From a switch's connect, its handshake through, until this stored vNIC is active, in nanoseconds. */
    long connectUntilActive(VnicId vnic) {
        return await(switches.whenSettled(vnic).thenApply(status -> {
            long confirmed = System.nanoTime();
            requireActive(vnic, status);
            return confirmed - connectedAt.get();
        }));
    }

    private static void requireActive(VnicId vnic, Optional<VnicStatus> status) {
        if (status.map(VnicStatus::state)
                .filter(VnicStatus.State.ACTIVE::equals)
                .isEmpty()) {
            throw new IllegalStateException("vNIC " + vnic + " did not become active: " + status);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        openFlow.close();
        topology.close();
        timer.shutdownNow();
        workers.shutdownNow();
        store.close();
    }
}

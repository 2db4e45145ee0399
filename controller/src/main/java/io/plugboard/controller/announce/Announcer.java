package io.plugboard.controller.announce;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.controller.reconcile.Confirmations;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells physical switches and guests where vNICs are, each bridge by a clock of its own. */
public final class Announcer {
    private final AnnouncerContext context;
    private final Map<DatapathId, Long> announcedUpTo;
    private final Executor workers;
    private final Map<DatapathId, BridgeAnnouncer> bridges = new ConcurrentHashMap<>();

    /**
     * @param rate of each bridge, in frames a second
     * @param policy goes under the port groups'
     * @param announcedUpTo by bridge, the revision up to which an earlier process has announced its vNICs
     * @param workers run the bridges' announcers, one at a time for each bridge
     * @param nanoTime as {@link System#nanoTime}
     * @param clock for people
     */
    public Announcer(
            int rate,
            AnnouncePolicy policy,
            Map<DatapathId, Long> announcedUpTo,
            AnnouncementListener listener,
            Aftermath aftermath,
            Executor workers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.announcedUpTo = Map.copyOf(announcedUpTo);
        this.workers = workers;
        context = new AnnouncerContext(
                rate, policy, new KnownGroups(), new AnnouncementLog(), listener, aftermath, timer, nanoTime, clock);
    }

    public AnnouncementLog log() {
        return context.log();
    }

    /** For people. */
    public AnnouncementDesk desk(Supplier<Topology> topology) {
        return new AnnouncementDesk() {
            @Override
            public AnnouncementLog log() {
                return context.log();
            }

            @Override
            public CompletionStage<Planned> announce(VnicId id) {
                return Announcer.this.announce(topology.get(), id);
            }
        };
    }

    /** To be told what this bridge's switch has confirmed. */
    public Confirmations of(DatapathId dpid) {
        return bridge(dpid);
    }

    private BridgeAnnouncer bridge(DatapathId dpid) {
        return bridges.computeIfAbsent(
                dpid,
                unused -> new BridgeAnnouncer(
                        dpid,
                        announcedUpTo.getOrDefault(dpid, 0L),
                        MoreExecutors.newSequentialExecutor(workers),
                        context));
    }

    /** A copy of what a guest has answered, perhaps. */
    public void packetIn(DatapathId dpid, PacketIn copy) {
        bridge(dpid).packetIn(copy);
    }

    /** Nobody plugs this vNIC in any more. */
    public void forget(VnicId vnic) {
        context.knownGroups().forget(vnic);
    }

    /** As {@link AnnouncementDesk#announce}, of a vNIC of this topology. */
    public CompletionStage<AnnouncementDesk.Planned> announce(Topology topology, VnicId id) {
        Optional<Attachment> attachment = topology.attachment(id);
        if (attachment.isEmpty()) {
            return CompletableFuture.failedStage(new AnnouncementDesk.NotAnnounced("there is no vNIC '" + id + "'"));
        }
        CompletableFuture<AnnouncementDesk.Planned> answer = new CompletableFuture<>();
        bridge(attachment.get().place().bridge()).announce(id, answer);
        return answer;
    }
}

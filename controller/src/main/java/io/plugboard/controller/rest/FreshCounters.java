package io.plugboard.controller.rest;

import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The counters that one answer shows: each bridge is asked once, and all of them together are waited for no longer than
 * counters stay fresh. What is not there by then is left out, so that one slow switch holds up no list.
 */
final class FreshCounters {
    private static final long PATIENCE_MS = 2000;

    private final Switches switches;
    private final Context context;
    private final long patienceMs;
    private final long start = System.nanoTime();
    private final Map<DatapathId, Map<VnicId, VnicCounters>> byBridge = new HashMap<>();

    FreshCounters(Switches switches, Context context) {
        this(switches, context, PATIENCE_MS);
    }

    /** @param patienceMs how long all of them together are waited for */
    FreshCounters(Switches switches, Context context, long patienceMs) {
        this.switches = switches;
        this.patienceMs = patienceMs;
        this.context = context;
    }

    /** Completes, never exceptionally, when the counters of these vNICs are there or not to be had. */
    Future<?> prepare(Collection<Attachment> attachments) {
        List<Future<?>> asked = attachments.stream()
                .map(attachment -> attachment.vnic().place().bridge())
                .distinct()
                .filter(dpid -> !byBridge.containsKey(dpid))
                .<Future<?>>map(this::ask)
                .toList();
        return asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
    }

    private Future<?> ask(DatapathId dpid) {
        byBridge.put(dpid, Map.of());
        long left = Math.max(1, patienceMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return Future.fromCompletionStage(switches.counters(dpid), context)
                .timeout(left, TimeUnit.MILLISECONDS)
                .onSuccess(counters -> byBridge.put(dpid, counters))
                .otherwiseEmpty();
    }

    Optional<VnicCounters> of(Attachment attachment) {
        return Optional.ofNullable(
                byBridge.getOrDefault(attachment.vnic().place().bridge(), Map.of())
                        .get(attachment.id()));
    }
}

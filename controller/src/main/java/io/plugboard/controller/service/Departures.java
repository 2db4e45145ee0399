package io.plugboard.controller.service;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.change.TopologyChange.PlaceLeft;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the places that vNICs have left: each as soon as the switch of the new place has confirmed the vNIC there, or it is
 * plain that it will not for now. Whether the old place's own switch can be reached does not matter.
 */
public final class Departures implements TopologyListener {
    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    /** A switch that has not answered a barrier by then, or not connected after a start, has other troubles. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Function<VnicId, CompletionStage<?>> whenDecided;
    private final Function<VnicId, CompletionStage<?>> whenSettled;
    private final UnattendedChanges changes;
    private volatile Optional<TopologyService> service = Optional.empty();

    /**
     * Both complete when a vNIC's place is open or refused.
     *
     * @param whenDecided also when it is plain that it is not about to be, since its switch is not there
     * @param whenSettled not before, for a switch that may be about to connect
     */
    public Departures(
            Function<VnicId, CompletionStage<?>> whenDecided,
            Function<VnicId, CompletionStage<?>> whenSettled,
            ScheduledExecutorService timer) {
        changes = new UnattendedChanges(timer);
        this.whenDecided = whenDecided;
        this.whenSettled = whenSettled;
    }

    /** Also closes what an earlier process has left open, once switches have had time to connect. */
    public void reportTo(TopologyService topologyService) {
        service = Optional.of(topologyService);
        topologyService.topology().attachments().values().forEach(attachment -> close(attachment, whenSettled));
    }

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        touched.vnics().stream()
                .flatMap(id -> after.attachment(id).stream())
                .forEach(attachment -> close(attachment, whenDecided));
    }

    private void close(Attachment attachment, Function<VnicId, CompletionStage<?>> when) {
        Optional<Place> left = attachment.departing().map(SecondSeat::place);
        if (left.isPresent()) {
            CompletableFuture<?> decided = when.apply(attachment.id()).toCompletableFuture();
            decided.copy().orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).whenComplete((open, late) -> {
                decided.cancel(false);
                report(attachment.id(), left.get());
            });
        }
    }

    private void report(VnicId id, Place left) {
        service.ifPresent(there -> changes.make(
                there,
                "migration",
                current -> List.of(new PlaceLeft(id, left)),
                refused -> log.warn("vNIC '{}': {} stays open: {}", id, left, refused.getMessage())));
    }
}

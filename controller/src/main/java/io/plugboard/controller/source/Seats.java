package io.plugboard.controller.source;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Vnic;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a vNIC that several rows claim is to be active. It stays where it is, unless
 *
 * <ul>
 *   <li>no row claims that place any more, or
 *   <li>its guest was seen to start elsewhere since it became active there, or
 *   <li>its guest runs elsewhere by what is said there, and not where it is: but for the place that it has just left, whose host
 *       may not have said so yet, and which counts when the guest was seen to stop at the new one. A host that was away when the
 *       vNIC moved, and has said nothing else of the guest since, does not know yet, and does not count at all.
 * </ul>
 *
 * <p>A host that is away says nothing: its guest is seen to start nowhere.
 */
final class Seats {
    private final World world;
    private final List<Claim> claims;

    /** @param claims all of one vNIC, by place */
    Seats(World world, List<Claim> claims) {
        this.world = world;
        this.claims = List.copyOf(claims);
    }

    /**
     * @param there where it is now, if it is plugged in
     * @param isKnown whether it is known what rows there are at its place
     * @return empty when it is to stay where it is though no row is known to claim that, or when nothing claims it
     */
    Optional<Claim> active(Optional<Attachment> there, boolean isKnown) {
        Optional<Claim> here = there.flatMap(attachment -> at(attachment.place()));
        if (here.isPresent()) {
            return Optional.of(challenger(here.get()).orElse(here.get()));
        } else if (there.isPresent() && !isKnown) {
            return started(world.movedAt(there.get().id()));
        }
        Optional<Place> prepared = there.flatMap(Attachment::prepared).map(seat -> seat.place());
        return claims.stream()
                .max(Comparator.comparing(this::isConnected)
                        .thenComparing(Claim::saysRunning)
                        .thenComparing(claim -> claim.saysRunning() ? since(claim) : 0)
                        .thenComparing(claim -> prepared.equals(Optional.of(claim.place())))
                        .thenComparing(Claim.BY_PLACE.reversed()));
    }

    private Optional<Claim> at(Place place) {
        return claims.stream().filter(claim -> claim.place().equals(place)).findFirst();
    }

    private boolean isConnected(Claim claim) {
        return world.isConnected(claim.database());
    }

    private RowMemory memory(Claim claim) {
        return world.memory(claim.row());
    }

    private long since(Claim claim) {
        return memory(claim).runningSince();
    }

    private Optional<Claim> challenger(Claim here) {
        long arrived = world.movedAt(here.id());
        boolean hasStopped = !here.saysRunning() && since(here) > arrived;
        return latest(claims.stream()
                .filter(claim -> !claim.equals(here)
                        && claim.agreesWith(here.vnic())
                        && claim.saysRunning()
                        && isConnected(claim))
                .filter(claim -> since(claim) > Math.max(arrived, here.saysRunning() ? since(here) : 0)
                        || !here.saysRunning()
                                && (!memory(claim).isLeft()
                                        || hasStopped && !memory(claim).isOutdated()))
                .toList());
    }

    private Optional<Claim> started(long after) {
        return latest(claims.stream()
                .filter(claim -> claim.saysRunning() && isConnected(claim) && since(claim) > after)
                .toList());
    }

    private Optional<Claim> latest(List<Claim> those) {
        return those.stream().max(Comparator.comparing(this::since).thenComparing(Claim.BY_PLACE.reversed()));
    }

    /** Beside the place where it is active, the one where it may go next: the one that is prepared already, else the first. */
    Optional<Claim> second(Vnic active, Optional<Attachment> there) {
        Optional<Place> prepared = there.flatMap(Attachment::prepared).map(seat -> seat.place());
        return claims.stream()
                .filter(claim -> claim.agreesWith(active) && !claim.place().equals(active.place()))
                .min(Comparator.<Claim, Boolean>comparing(claim -> !isConnected(claim))
                        .thenComparing(claim -> !prepared.equals(Optional.of(claim.place())))
                        .thenComparing(Claim.BY_PLACE));
    }
}

package io.plugboard.controller.source;

import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What rows claim, and what they do not say any more: when each of them appeared, and when vNICs moved. Times are counted in
 * events. Immutable.
 *
 * @param claims of each vNIC, by the row that makes it
 * @param moved when a vNIC became active where it is
 */
record Memories(PMap<VnicId, PMap<UUID, Claim>> claims, PMap<UUID, RowMemory> rows, PMap<VnicId, Long> moved) {
    static final Memories NONE = new Memories(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    /**
     * How something is heard.
     *
     * @param now the time
     * @param begins whether the host has just come: nobody has seen then when it became so
     * @param absence that has ended thereby
     */
    record Hearing(long now, boolean begins, Optional<Presence.Absence> absence) {
        static Hearing asItHappens(long now) {
            return new Hearing(now, false, Optional.empty());
        }
    }

    /** A host says this instead of what it said before. */
    Memories heard(Optional<HostView> before, HostView view, Hearing hearing) {
        Memories now = this;
        for (Claim old : before.map(HostView::claims).orElse(List.of())) {
            boolean isThere = view.claim(old.row())
                    .filter(claim -> claim.id().equals(old.id()))
                    .isPresent();
            if (!isThere) {
                now = now.without(old);
            }
        }
        for (Claim claim : view.claims()) {
            Optional<Claim> old = before.flatMap(there -> there.claim(claim.row()));
            if (!old.equals(Optional.of(claim))) {
                RowMemory memory = old.filter(there -> there.id().equals(claim.id()))
                        .map(there -> memory(claim.row()).seen(there, claim, hearing))
                        .orElseGet(() -> first(claim, hearing));
                now = now.with(claim, memory);
            }
        }
        return now;
    }

    /** What a host says when it comes back, of a vNIC that was seen to become active elsewhere meanwhile, is no news of that vNIC. */
    private RowMemory first(Claim claim, Hearing hearing) {
        if (!hearing.begins()) {
            return RowMemory.first(claim, hearing.now());
        }
        RowMemory unseen = RowMemory.first(claim, 0);
        boolean hasMovedMeanwhile = hearing.absence()
                .filter(absence -> movedAt(claim.id()) >= absence.since())
                .isPresent();
        return hasMovedMeanwhile ? unseen.leftUnseen(hearing.now()) : unseen;
    }

    private Memories with(Claim claim, RowMemory memory) {
        PMap<UUID, Claim> others = claims.getOrDefault(claim.id(), HashTreePMap.empty());
        return new Memories(
                claims.plus(claim.id(), others.plus(claim.row(), claim)), rows.plus(claim.row(), memory), moved);
    }

    private Memories without(Claim claim) {
        PMap<UUID, Claim> others =
                claims.getOrDefault(claim.id(), HashTreePMap.empty()).minus(claim.row());
        return new Memories(
                others.isEmpty() ? claims.minus(claim.id()) : claims.plus(claim.id(), others),
                rows.minus(claim.row()),
                moved);
    }

    /** How a vNIC leaves a place. */
    enum Leaving {
        /** The row's host may say so now. */
        SEEN,
        /** The row's host is away. */
        UNSEEN,
        /** The row did not count any more: nobody says that the guest has gone elsewhere. */
        UNCOUNTED
    }

    /**
     * A vNIC has become active elsewhere, or somewhere.
     *
     * @param to empty when it is plugged in nowhere any more
     * @param when by what was said until then
     */
    Memories moved(VnicId id, Optional<Place> from, Optional<Place> to, long when, Function<Claim, Leaving> leaving) {
        PMap<UUID, RowMemory> nowRows = rows;
        for (Claim claim : claims(id)) {
            RowMemory memory = memory(claim.row());
            if (from.equals(Optional.of(claim.place()))) {
                nowRows = nowRows.plus(
                        claim.row(),
                        switch (leaving.apply(claim)) {
                            case SEEN -> memory.leftAt(when);
                            case UNSEEN -> memory.leftUnseen(when);
                            case UNCOUNTED -> memory;
                        });
            } else if (to.equals(Optional.of(claim.place()))) {
                nowRows = nowRows.plus(claim.row(), memory.entered());
            }
        }
        return new Memories(claims, nowRows, to.isPresent() ? moved.plus(id, when) : moved.minus(id));
    }

    /** The rows that claim this vNIC, by place. */
    List<Claim> claims(VnicId id) {
        List<Claim> sorted =
                new ArrayList<>(claims.getOrDefault(id, HashTreePMap.empty()).values());
        sorted.sort(Claim.BY_PLACE);
        return sorted;
    }

    RowMemory memory(UUID row) {
        return rows.getOrDefault(row, RowMemory.NONE);
    }

    /** When this vNIC became active where it is; 0 when that was before anything was heard. */
    long movedAt(VnicId id) {
        return moved.getOrDefault(id, 0L);
    }
}

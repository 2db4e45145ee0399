package io.plugboard.controller.source;

import java.util.Optional;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** Which hosts are connected, and since when the others are away. Immutable. */
record Presence(PSet<UUID> connected, PMap<UUID, Absence> absences) {
    static final Presence NOBODY = new Presence(HashTreePSet.empty(), HashTreePMap.empty());

    /**
     * @param since in events
     * @param isBereft whether somebody has taken something of it out meanwhile: it is remembered then though nothing is left of it
     */
    record Absence(long since, boolean isBereft) {}

    Presence coming(UUID database) {
        return new Presence(connected.plus(database), absences.minus(database));
    }

    Presence going(UUID database, long now) {
        return new Presence(connected.minus(database), absences.plus(database, new Absence(now, false)));
    }

    Presence bereft(UUID database) {
        Absence absence = absences.get(database);
        return absence == null
                ? this
                : new Presence(connected, absences.plus(database, new Absence(absence.since(), true)));
    }

    Presence forgetting(UUID database) {
        boolean isBereft = absence(database).filter(Absence::isBereft).isPresent();
        return new Presence(connected.minus(database), isBereft ? absences : absences.minus(database));
    }

    boolean isConnected(UUID database) {
        return connected.contains(database);
    }

    /** Of a host that was known before, and is away. */
    Optional<Absence> absence(UUID database) {
        return Optional.ofNullable(absences.get(database));
    }
}

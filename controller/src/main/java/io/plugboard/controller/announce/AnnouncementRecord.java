package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One frame that was sent of a vNIC, and what came of it.
 *
 * @param number ascends over all records of this process
 * @param occasion why it was sent
 * @param port the name of the port that it was sent out of
 * @param round of its kind, from 1
 * @param frame without its check sequence, as it was on the wire
 * @param answer of the guest, for a query that it has answered
 */
public record AnnouncementRecord(
        long number,
        Instant time,
        VnicId vnic,
        Occasion occasion,
        AnnouncementKind kind,
        DatapathId bridge,
        String port,
        VlanId vlan,
        int round,
        Octets frame,
        Optional<Answer> answer) {
    public AnnouncementRecord {
        Objects.requireNonNull(time);
        Objects.requireNonNull(vnic);
        Objects.requireNonNull(occasion);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(bridge);
        Objects.requireNonNull(port);
        Objects.requireNonNull(vlan);
        Objects.requireNonNull(frame);
        Objects.requireNonNull(answer);
    }

    /**
     * A guest's reports after a query.
     *
     * @param after from the query to the first of them
     * @param groups all that it said that it listens to
     */
    public record Answer(Duration after, SortedSet<IpAddress> groups) {}

    AnnouncementRecord answered(Answer other) {
        return new AnnouncementRecord(
                number, time, vnic, occasion, kind, bridge, port, vlan, round, frame, Optional.of(other));
    }
}

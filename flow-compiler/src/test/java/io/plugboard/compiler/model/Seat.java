package io.plugboard.compiler.model;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place on a bridge where a vNIC is plugged in; while it migrates it has two.
 *
 * @param uplinks by which unicast to it comes in: that which it is pinned to and, until physical switches have been told of a
 *     planned move, the one before
 */
record Seat(Attachment attachment, PortRef port, UplinkPin pin, Set<UplinkPin> uplinks, Standing standing) {

    enum Standing {
        /** The bridge knows it. A place that it has left stays so until it is closed. */
        OPEN,
        /** About to come here: nobody here knows it, and its port is closed. */
        PREPARED,
        /** Likewise, but what its guest sends already passes: it tells that the guest has come. */
        AWAITED
    }

    /** The places of this vNIC on this bridge. */
    static Stream<Seat> of(Attachment attachment, DatapathId bridge) {
        Set<UplinkPin> uplinks = Stream.concat(Stream.of(attachment.pin()), attachment.former().stream())
                .collect(Collectors.toUnmodifiableSet());
        Seat first = new Seat(attachment, attachment.place().port(), attachment.pin(), uplinks, Standing.OPEN);
        Optional<Seat> second = attachment
                .second()
                .filter(seat -> seat.place().bridge().equals(bridge))
                .map(seat -> new Seat(attachment, seat.place().port(), seat.pin(), Set.of(seat.pin()), standing(seat)));
        return attachment.place().bridge().equals(bridge)
                ? Stream.concat(Stream.of(first), second.stream())
                : second.stream();
    }

    private static Standing standing(SecondSeat seat) {
        if (seat instanceof SecondSeat.Prepared prepared) {
            return prepared.activateOn() == ActivateOn.FIRST_FRAME ? Standing.AWAITED : Standing.PREPARED;
        }
        return Standing.OPEN;
    }

    /** Whether forwarding, flooding, mirrors and the reflection guard know of it. */
    boolean isKnown() {
        return standing == Standing.OPEN;
    }
}

package io.plugboard.topology;

import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.UplinkPin;
import java.util.Objects;

/** Another place where a vNIC is plugged in beside the one where it is active: while it migrates it has two. */
public sealed interface SecondSeat {
    Place place();

    /** Its number on that place's bridge. */
    int slot();

    /** The uplink of that bridge that it uses, or would. */
    UplinkPin pin();

    SecondSeat pinnedTo(UplinkPin other);

    /**
     * The destination of a migration: it has the rules of its own port, and nothing else there knows the vNIC, whose frames
     * still come from where it is active.
     */
    record Prepared(Place place, int slot, UplinkPin pin, ActivateOn activateOn) implements SecondSeat {
        public Prepared {
            Objects.requireNonNull(place);
            Objects.requireNonNull(pin);
            Objects.requireNonNull(activateOn);
            Attachment.requireSlot(slot);
        }

        @Override
        public Prepared pinnedTo(UplinkPin other) {
            return new Prepared(place, slot, other, activateOn);
        }
    }

    /** Where it was active: open until the place that it has moved to is. */
    record Departing(Place place, int slot, UplinkPin pin) implements SecondSeat {
        public Departing {
            Objects.requireNonNull(place);
            Objects.requireNonNull(pin);
            Attachment.requireSlot(slot);
        }

        @Override
        public Departing pinnedTo(UplinkPin other) {
            return new Departing(place, slot, other);
        }
    }
}

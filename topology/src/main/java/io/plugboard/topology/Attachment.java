package io.plugboard.topology;

import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Objects;
import java.util.Optional;

/**
 * A vNIC as it is stored: what was said of it, and what its bridge has allotted to it.
 *
 * @param slot its number on its bridge, from 0: the smallest that was free when it was attached
 * @param pin the uplink that it uses
 * @param home the uplink that it returns to: another one than its pin while that was down or has not been up for long
 * @param rxFilter what its guest wants to receive, once somebody has reported it
 * @param revision the topology's revision at which its vNIC or its filter became what it is: a new pin alone leaves it, for
 *     nobody who asked for the vNIC has asked for that
 */
public record Attachment(
        Vnic vnic, int slot, UplinkPin pin, UplinkPin home, Optional<RxFilter> rxFilter, long revision) {
    /** One more than the highest slot: what the group ids of the pipeline have room for. */
    public static final int MAX_SLOTS = 1023 * Switchboard.SLOTS_PER_LINK;

    public Attachment {
        Objects.requireNonNull(vnic);
        Objects.requireNonNull(pin);
        Objects.requireNonNull(home);
        Objects.requireNonNull(rxFilter);
        if (slot < 0 || slot >= MAX_SLOTS) {
            throw new IllegalArgumentException("a slot is 0 to " + (MAX_SLOTS - 1) + ", not " + slot);
        }
    }

    public VnicId id() {
        return vnic.id();
    }

    boolean differsOnlyInRevision(Attachment other) {
        return equals(new Attachment(other.vnic, other.slot, other.pin, other.home, other.rxFilter, revision));
    }

    /** Moved there for good. */
    Attachment settledOn(UplinkPin other) {
        return new Attachment(vnic, slot, other, other, rxFilter, revision);
    }

    /** Moved there for as long as its home is no good. */
    Attachment evadingTo(UplinkPin other) {
        return new Attachment(vnic, slot, other, home, rxFilter, revision);
    }
}

package io.plugboard.topology;

import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;

/**
 * A vNIC as it is stored: what was said of it, and what its bridge has allotted to it.
 *
 * @param slot its number on its bridge, from 0: the smallest that was free when it was attached
 * @param revision the topology's revision at which its vNIC became what it is: a new pin alone leaves it, for nobody who
 *     asked for the vNIC has asked for that
 */
public record Attachment(Vnic vnic, int slot, UplinkPin pin, long revision) {
    /** One more than the highest slot: what the group ids of the pipeline have room for. */
    public static final int MAX_SLOTS = 1 << 16;

    public Attachment {
        if (slot < 0 || slot >= MAX_SLOTS) {
            throw new IllegalArgumentException("a slot is 0 to " + (MAX_SLOTS - 1) + ", not " + slot);
        }
    }

    public VnicId id() {
        return vnic.id();
    }
}

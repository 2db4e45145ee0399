package io.plugboard.topology.model;

/**
 * Which uplink of its bridge a vNIC uses: the uplink's slot, 1 to {@link Bridge#MAX_UPLINKS}, or 0 for a vNIC without an
 * uplink. A stored fact: metadata bits, cookies and group ids are arithmetic on it.
 */
public record UplinkPin(int slot) implements Comparable<UplinkPin> {
    public static final UplinkPin NONE = new UplinkPin(0);

    public UplinkPin {
        if (slot < 0 || slot > Bridge.MAX_UPLINKS) {
            throw new IllegalArgumentException("an uplink slot is 0 to " + Bridge.MAX_UPLINKS + ", not " + slot);
        }
    }

    public boolean isPinned() {
        return slot != 0;
    }

    @Override
    public int compareTo(UplinkPin other) {
        return Integer.compare(slot, other.slot);
    }
}

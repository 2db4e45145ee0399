package io.plugboard.topology.model;

/** A VLAN of a bridge: 1 to 4094 as in IEEE 802.1Q, 9.6; 0 is the untagged segment. */
public record VlanId(int value) implements Comparable<VlanId> {
    public static final int MAX = 4094;
    public static final VlanId UNTAGGED = new VlanId(0);

    public VlanId {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("a VLAN id is 0 (untagged) to " + MAX + ", not " + value);
        }
    }

    public boolean isTagged() {
        return value != 0;
    }

    @Override
    public int compareTo(VlanId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

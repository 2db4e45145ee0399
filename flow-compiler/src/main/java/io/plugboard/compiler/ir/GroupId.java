package io.plugboard.compiler.ir;

import io.plugboard.topology.FloodSet;

/**
 * The number of a group, by arithmetic on stored facts alone. A flood set has a root, whose buckets are its links, and a
 * link has a bucket for each of its vNICs:
 *
 * <pre>
 *   31  29 28          16 15  11 10               0
 *  +------+--------------+------+------------------+
 *  | kind |     VLAN     | pin  | 0, or link + 1   |
 *  +------+--------------+------+------------------+
 * </pre>
 *
 * @param bits unsigned, at most OFPG_MAX, 0xffffff00
 */
public record GroupId(int bits) implements Comparable<GroupId> {
    private static final int KIND_SHIFT = 29;
    private static final int FLOOD = 1 << KIND_SHIFT;
    private static final int VLAN_SHIFT = 16;
    private static final int PIN_SHIFT = 11;

    /** The group that a flood in this set is sent to. */
    public static GroupId root(FloodSet set) {
        return new GroupId(
                FLOOD | set.segment().value() << VLAN_SHIFT | set.pin().slot() << PIN_SHIFT);
    }

    /** The group with the vNICs of this set whose slots are in this link. */
    public static GroupId link(FloodSet set, int link) {
        return new GroupId(root(set).bits | link + 1);
    }

    /** Whether a group of this number can only be ours: the pipeline's ids have a kind, and people's are small. */
    public boolean isOurs() {
        return bits >>> KIND_SHIFT == FLOOD >>> KIND_SHIFT;
    }

    @Override
    public int compareTo(GroupId other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}

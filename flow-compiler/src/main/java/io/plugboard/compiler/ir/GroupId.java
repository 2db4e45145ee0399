package io.plugboard.compiler.ir;

import io.plugboard.topology.MemberSet;
import io.plugboard.topology.Scope;

/**
 * The number of a group, by arithmetic on stored facts alone. A member set has a root, whose buckets are its links, and a
 * link has a bucket for each of its vNICs:
 *
 * <pre>
 *   31  28 27                      15 14  10 9               0
 *  +------+--------------------------+------+----------------+
 *  | kind | VLAN or address's number | pin  | 0, or link + 1 |
 *  +------+--------------------------+------+----------------+
 * </pre>
 *
 * @param bits unsigned, at most OFPG_MAX, 0xffffff00
 */
public record GroupId(int bits) implements Comparable<GroupId> {
    private static final int KIND_SHIFT = 28;
    private static final int INDEX_SHIFT = 15;
    private static final int PIN_SHIFT = 10;
    private static final int OF_VLAN = 0;
    private static final int OF_CLASS = 6;
    private static final int OF_ADDRESS = 13;

    /** The group that stands for this set. */
    public static GroupId root(MemberSet set) {
        return new GroupId(kind(set) << KIND_SHIFT
                | set.scope().index() << INDEX_SHIFT
                | set.pin().slot() << PIN_SHIFT);
    }

    /** The group with the vNICs of this set whose slots are in this link. */
    public static GroupId link(MemberSet set, int link) {
        return new GroupId(root(set).bits | link + 1);
    }

    private static int kind(MemberSet set) {
        if (set.scope() instanceof Scope.OfAddress) {
            return OF_ADDRESS;
        }
        return (set.scope() instanceof Scope.OfClass ? OF_CLASS : OF_VLAN) + kind(set.kind());
    }

    private static int kind(MemberSet.Kind kind) {
        switch (kind) {
            case ALL_MULTICAST:
                return 1;
            case FILTERED:
                return 2;
            case MULTICAST_ROUTER:
                return 3;
            case CONTROL:
                return 4;
            case MIRRORING:
                return 5;
            case CONTROL_MIRRORING:
                return 6;
            case HOLDER:
                throw new IllegalArgumentException("only an address has holders");
        }
        throw new AssertionError(kind);
    }

    /** Whether a group of this number can only be ours: the pipeline's ids have a kind, and people's are small. */
    public boolean isOurs() {
        int kind = bits >>> KIND_SHIFT;
        return kind > OF_VLAN && kind <= OF_ADDRESS;
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

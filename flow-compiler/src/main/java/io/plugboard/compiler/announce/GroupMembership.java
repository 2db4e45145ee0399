package io.plugboard.compiler.announce;

import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;

/** Which groups memberships are reported of. */
final class GroupMembership {
    private static final int LINK_LOCAL_SCOPE = 2;

    private GroupMembership() {}

    /**
     * Every multicast group but all hosts (RFC 3376, section 5), all nodes, and the IPv6 groups that do not leave their
     * host, of scope 0 and 1 (RFC 3810, section 6).
     */
    static boolean isReported(IpAddress group) {
        if (!group.isMulticast() || group.equals(Igmp.ALL_HOSTS) || group.equals(NeighbourAdvertisement.ALL_NODES)) {
            return false;
        }
        return group instanceof Ipv4Address || scope((Ipv6Address) group) >= LINK_LOCAL_SCOPE;
    }

    /** The second octet's low half (RFC 4291, section 2.7). */
    private static int scope(Ipv6Address group) {
        return (int) (group.high() >>> 48) & 0xf;
    }
}

package io.plugboard.compiler.announce;

import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.VlanId;
import java.util.Comparator;
import java.util.Objects;

/**
 * A group that a guest has said it listens to, whatever the source.
 *
 * @param vlan the segment; {@link VlanId#UNTAGGED} is the untagged one
 * @param version in which it has said so
 * @param reporter the address that it said so from, perhaps unspecified
 */
public record KnownGroup(VlanId vlan, IpAddress group, MembershipVersion version, IpAddress reporter)
        implements Comparable<KnownGroup> {
    private static final Comparator<KnownGroup> ORDER = Comparator.comparing(KnownGroup::vlan)
            .thenComparing(KnownGroup::group)
            .thenComparing(KnownGroup::version)
            .thenComparing(KnownGroup::reporter);

    public KnownGroup {
        Objects.requireNonNull(vlan);
        if (!GroupMembership.isReported(group)) {
            throw new IllegalArgumentException(group + " is no group whose members report it");
        }
        if (version.isIgmp() != group instanceof Ipv4Address || version.isIgmp() != reporter instanceof Ipv4Address) {
            throw new IllegalArgumentException(
                    "a member of " + group + " does not report it by " + version + " from " + reporter);
        }
    }

    @Override
    public int compareTo(KnownGroup other) {
        return ORDER.compare(this, other);
    }
}

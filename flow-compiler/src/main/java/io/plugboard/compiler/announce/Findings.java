package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.topology.model.IpAddress;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a report says of its groups, as it is read. Of one group, the last that it says counts. */
final class Findings {
    private final SortedSet<IpAddress> joined = new TreeSet<>();
    private final SortedSet<IpAddress> sourceSpecific = new TreeSet<>();
    private final SortedSet<IpAddress> left = new TreeSet<>();

    Findings join(IpAddress group) {
        if (GroupMembership.isReported(group)) {
            forget(group);
            joined.add(group);
        }
        return this;
    }

    Findings leave(IpAddress group) {
        if (GroupMembership.isReported(group)) {
            forget(group);
            left.add(group);
        }
        return this;
    }

    Findings add(GroupRecord record) {
        if (record.joins()) {
            join(record.group());
            if (record.isSourceSpecific() && joined.contains(record.group())) {
                sourceSpecific.add(record.group());
            }
        } else if (record.leaves()) {
            leave(record.group());
        }
        return this;
    }

    private void forget(IpAddress group) {
        joined.remove(group);
        sourceSpecific.remove(group);
        left.remove(group);
    }

    GuestReport report(MembershipVersion version, EthernetFrame ethernet, IpAddress source) {
        return new GuestReport.Report(version, ethernet.tag(), source, joined, sourceSpecific, left);
    }
}

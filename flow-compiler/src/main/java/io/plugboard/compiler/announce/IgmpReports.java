package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Membership reports for IPv4 groups in a guest's name: as it would answer a general query. */
final class IgmpReports {
    /** What fits into 1500 octets behind an IPv4 header of 24 and a report's of 8. */
    static final int MOST_RECORDS = 183;

    private IgmpReports() {}

    /** One report of version 2 (RFC 2236, section 2), sent to its group, for each. */
    static List<Octets> v2(MacAddress mac, Ipv4Address source, VlanId tag, Collection<Ipv4Address> groups) {
        return groups.stream()
                .map(group -> Igmp.frame(
                        mac,
                        source,
                        group,
                        tag,
                        Igmp.V2_REPORT,
                        0,
                        new OctetWriter().ip(group).toOctets()))
                .toList();
    }

    /** As few reports of version 3 (RFC 3376, section 4.2) as they fit into: current state, no source excluded. */
    static List<Octets> v3(MacAddress mac, Ipv4Address source, VlanId tag, Collection<Ipv4Address> groups) {
        List<Octets> reports = new ArrayList<>();
        for (Octets records : GroupRecord.anySource(groups, MOST_RECORDS)) {
            reports.add(Igmp.frame(mac, source, Igmp.ALL_V3_ROUTERS, tag, Igmp.V3_REPORT, 0, records));
        }
        return reports;
    }
}

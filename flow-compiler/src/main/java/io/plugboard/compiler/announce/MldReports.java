package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Listener reports for IPv6 groups in a guest's name: as it would answer a general query. */
final class MldReports {
    /** What fits into 1500 octets behind an IPv6 header of 40, hop-by-hop options of 8 and a report's header of 8. */
    static final int MOST_RECORDS = 72;

    private MldReports() {}

    /** One report of version 1 (RFC 2710, section 3), sent to its group, for each. */
    static List<Octets> v1(MacAddress mac, Ipv6Address source, VlanId tag, Collection<Ipv6Address> groups) {
        return groups.stream()
                .map(group -> Mld.frame(
                        mac,
                        source,
                        group,
                        tag,
                        new OctetWriter()
                                .u8(Mld.V1_REPORT)
                                .u8(0)
                                .u16(0)
                                .u32(0)
                                .ip(group)
                                .toOctets()))
                .toList();
    }

    /** As few reports of version 2 (RFC 3810, section 5.2) as they fit into: current state, no source excluded. */
    static List<Octets> v2(MacAddress mac, Ipv6Address source, VlanId tag, Collection<Ipv6Address> groups) {
        List<Octets> reports = new ArrayList<>();
        for (Octets records : GroupRecord.anySource(groups, MOST_RECORDS)) {
            Octets message = new OctetWriter()
                    .u8(Mld.V2_REPORT)
                    .u8(0)
                    .u16(0)
                    .octets(records)
                    .toOctets();
            reports.add(Mld.frame(mac, source, Mld.ALL_V2_ROUTERS, tag, message));
        }
        return reports;
    }
}

package io.plugboard.compiler.model;

import io.plugboard.topology.model.MacAddress;
import java.util.List;

/**
 * A frame, as far as the contract looks into it.
 *
 * @param tags the VLAN ids of its tags, outermost first; 0 is a priority tag
 * @param etherType behind all tags
 * @param ipProtocol of an IPv4 or IPv6 payload, behind IPv6 extension headers; else 0
 * @param icmpv6Type of an ICMPv6 payload; else 0
 */
public record ModelFrame(
        MacAddress destination, MacAddress source, List<Integer> tags, int etherType, int ipProtocol, int icmpv6Type) {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int IGMP = 2;
    private static final int ICMPV6 = 58;

    /** Query, MLDv1 report and done, MLDv2 report (RFC 2710, section 3; RFC 3810, section 5.2). */
    private static final List<Integer> MLD_TYPES = List.of(130, 131, 132, 143);

    public ModelFrame {
        tags = List.copyOf(tags);
    }

    public ModelFrame withTags(List<Integer> others) {
        return new ModelFrame(destination, source, others, etherType, ipProtocol, icmpv6Type);
    }

    /** IGMP or MLD. */
    boolean isMembership() {
        return etherType == IPV4 && ipProtocol == IGMP
                || etherType == IPV6 && ipProtocol == ICMPV6 && MLD_TYPES.contains(icmpv6Type);
    }
}

package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.FLOOD;
import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames to group addresses are flooded in their segment: a vNIC whose receive filter nobody has reported is treated as
 * all-multicast. A guest's IGMP and MLD goes to its uplink and to no other vNIC: an IGMPv2 member that hears its neighbour's
 * report keeps silent (RFC 2236, section 3), and a guest must not play the querier.
 */
public final class Multicast {
    /** The I/G bit of an Ethernet address. */
    static final long GROUP_BIT = 1L << 40;

    /** MLD query, v1 report, done (RFC 2710, section 3.1) and v2 report (RFC 3810, section 5.2). */
    private static final List<Integer> MLD_TYPES = List.of(130, 131, 132, 143);

    private Multicast() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        List<Flow> flows = new ArrayList<>();
        Match fromVnic = Match.any().with(MatchField.METADATA, 0, Metadata.FROM_UPLINK);
        flows.add(new Flow(
                Rule.FORWARD_MEMBERSHIP_REPORT,
                owner,
                fromVnic.ethType(EtherType.IPV4).with(MatchField.IP_PROTO, IpProtocol.IGMP),
                Instructions.goTo(UPLINK)));
        for (int type : MLD_TYPES) {
            flows.add(new Flow(
                    Rule.FORWARD_MEMBERSHIP_REPORT,
                    owner,
                    fromVnic.ethType(EtherType.IPV6)
                            .with(MatchField.IP_PROTO, IpProtocol.ICMPV6)
                            .with(MatchField.ICMPV6_TYPE, type),
                    Instructions.goTo(UPLINK)));
        }
        flows.add(new Flow(
                Rule.FORWARD_GROUP_ADDRESS,
                owner,
                Match.any().with(MatchField.ETH_DST, GROUP_BIT, GROUP_BIT),
                Instructions.goTo(FLOOD)));
        return flows;
    }
}

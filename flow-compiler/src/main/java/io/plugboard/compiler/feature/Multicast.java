package io.plugboard.compiler.feature;

import static io.plugboard.compiler.ir.FlowTable.ADDRESS;
import static io.plugboard.compiler.ir.FlowTable.FLOOD;
import static io.plugboard.compiler.ir.FlowTable.FLOOD_TRUNK;
import static io.plugboard.compiler.ir.FlowTable.UPLINK;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A multicast frame reaches the vNICs whose receive filter names its address, by {@link SharedAddresses}, and those that get
 * every multicast: a vNIC whose receive filter nobody has reported is one of them. A guest's IGMP and MLD goes to its uplink
 * and to no other vNIC but multicast routers: an IGMPv2 member that hears its neighbour's report keeps silent (RFC 2236,
 * section 3), and a guest must not play the querier.
 */
public final class Multicast {
    /** The I/G bit of an Ethernet address. */
    static final long GROUP_BIT = 1L << 40;

    /** MLD query, v1 report, done (RFC 2710, section 3.1) and v2 report (RFC 3810, section 5.2). */
    private static final List<Integer> MLD_TYPES = List.of(130, 131, 132, 143);

    private static final Instructions AS_REPORT = Instructions.goTo(FLOOD).writing(Metadata.REPORT, Metadata.REPORT);

    private Multicast() {}

    public static List<Flow> ofBridge() {
        Owner owner = new Owner.OfBridge();
        List<Flow> flows = new ArrayList<>();
        Match linkLocal = Match.any().with(MatchField.ETH_DST, SourceGuard.LINK_LOCAL, SourceGuard.LINK_LOCAL_MASK);
        for (Match report : reports(notOfARouter(Match.any()))) {
            flows.add(new Flow(Rule.FORWARD_MEMBERSHIP_REPORT, owner, report, AS_REPORT));
        }
        for (Match report : reports(notOfARouter(linkLocal))) {
            flows.add(new Flow(Rule.FORWARD_CONTROL_REPORT, owner, report, Instructions.goTo(UPLINK)));
        }
        flows.add(new Flow(
                Rule.FORWARD_GROUP_ADDRESS,
                owner,
                Match.any().with(MatchField.ETH_DST, GROUP_BIT, GROUP_BIT),
                Instructions.goTo(ADDRESS)));
        Match report = Match.any().with(MatchField.METADATA, Metadata.REPORT, Metadata.REPORT);
        flows.add(new Flow(Rule.FLOOD_REPORT, owner, report, Instructions.goTo(FLOOD_TRUNK)));
        flows.add(new Flow(Rule.FLOOD_TRUNK_REPORT, owner, report, Instructions.goTo(UPLINK)));
        flows.add(new Flow(Rule.FORWARD_LINK_LOCAL, owner, linkLocal, Instructions.goTo(ADDRESS)));
        flows.add(new Flow(Rule.FLOOD_LINK_LOCAL, owner, linkLocal, Instructions.goTo(FLOOD_TRUNK)));
        flows.add(new Flow(Rule.FLOOD_TRUNK_LINK_LOCAL, owner, linkLocal, Instructions.goTo(UPLINK)));
        return flows;
    }

    /** Copies a guest's reports to the controller, which has asked for them; they fare as they would otherwise. */
    public static List<Flow> ofVnic(BridgeView view, Plug.Plugged plugged) {
        EffectiveVnic vnic = plugged.vnic();
        if (!view.asked().contains(vnic.id()) || vnic.isBlocked() || !vnic.isHere()) {
            return List.of();
        }
        Match fromVnic = Match.any().inPort(plugged.port().number());
        Instructions on = vnic.isMulticastRouter() ? Instructions.goTo(ADDRESS) : AS_REPORT;
        Match asked = vnic.isMulticastRouter() ? fromVnic.with(MatchField.ETH_DST, GROUP_BIT, GROUP_BIT) : fromVnic;
        return reports(asked).stream()
                .map(report -> new Flow(
                        Rule.FORWARD_REPORT_COPY,
                        new Owner.OfVnic(vnic.slot()),
                        report,
                        on.applying(new Action.ToController())))
                .toList();
    }

    private static Match notOfARouter(Match among) {
        return among.with(MatchField.METADATA, 0, Metadata.FROM_UPLINK | Metadata.ROUTER);
    }

    /** The IGMP and MLD among the frames of this match. */
    private static List<Match> reports(Match from) {
        List<Match> reports = new ArrayList<>();
        reports.add(from.ethType(EtherType.IPV4).with(MatchField.IP_PROTO, IpProtocol.IGMP));
        for (int type : MLD_TYPES) {
            reports.add(from.ethType(EtherType.IPV6)
                    .with(MatchField.IP_PROTO, IpProtocol.ICMPV6)
                    .with(MatchField.ICMPV6_TYPE, type));
        }
        return reports;
    }

    /** To the vNICs of this scope that get every multicast, every control frame, or their neighbours' reports. */
    public static List<Flow> ofScope(BridgeView view, Scope scope) {
        boolean isClass = scope instanceof Scope.OfClass;
        SetFlows flows = new SetFlows(view, scope, isClass ? UPLINK : FLOOD_TRUNK);
        Match report = ScopeMatch.of(scope, Metadata.REPORT, Metadata.REPORT);
        flows.toAll(
                isClass ? Rule.FLOOD_TRUNK_REPORT_TO_ROUTERS : Rule.FLOOD_REPORT_TO_ROUTERS,
                report,
                EnumSet.of(Kind.MULTICAST_ROUTER));
        flows.withinReach(
                isClass ? Rule.FLOOD_TRUNK_CONTROL : Rule.FLOOD_CONTROL,
                match -> match.with(MatchField.ETH_DST, SourceGuard.LINK_LOCAL, SourceGuard.LINK_LOCAL_MASK),
                EnumSet.of(Kind.CONTROL));
        flows.withinReach(
                isClass ? Rule.FLOOD_TRUNK_MULTICAST : Rule.FLOOD_MULTICAST,
                match -> match.with(MatchField.ETH_DST, GROUP_BIT, GROUP_BIT),
                EnumSet.of(Kind.ALL_MULTICAST));
        return flows.flows();
    }
}

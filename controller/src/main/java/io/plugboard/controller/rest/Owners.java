package io.plugboard.controller.rest;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names whom a flow of this bridge serves, by the facts that its cookie is arithmetic on. */
record Owners(DatapathId dpid, Topology topology) {
    /** How a rule speaks of its flow's owner. */
    private static final Pattern OWNER =
            Pattern.compile("\\b(the|this) (vNIC|uplink)\\b|\\bthe segment\\b|\\bthis address\\b");

    /** Why a frame that matches this flow fares as it does, naming the owner. */
    String why(Flow flow) {
        String why = flow.rule().why();
        if (flow.rule() == Rule.GUARD_FORGED) {
            why = why.replace("as itself", "as " + sources(flow.owner()));
        }
        boolean endsHere = flow.instructions().goTo().isEmpty();
        if (endsHere && flow.rule().table().compareTo(FlowTable.FORWARD) < 0 && !why.contains("dropped")) {
            why = "dropped: " + why;
        }
        if (flow.owner() instanceof Owner.OfBridge) {
            return why;
        }
        String name = name(flow.owner());
        Matcher mention = OWNER.matcher(why);
        return mention.find() ? mention.replaceAll(Matcher.quoteReplacement(name)) : name + ": " + why;
    }

    private String sources(Owner owner) {
        Optional<EffectiveVnic> vnic =
                owner instanceof Owner.OfVnic of ? topology.switchboard(dpid).atSlot(of.slot()) : Optional.empty();
        return vnic.map(there ->
                        there.sources().stream().map(MacAddress::toString).collect(Collectors.joining(" or ")))
                .orElse("itself");
    }

    String name(Owner owner) {
        if (owner instanceof Owner.OfVnic vnic) {
            return topology.switchboard(dpid)
                    .atSlot(vnic.slot())
                    .map(there -> "vNIC " + there.id())
                    .orElse("a vNIC that is gone, slot " + vnic.slot());
        } else if (owner instanceof Owner.OfUplink uplink) {
            return topology.bridge(dpid)
                    .map(ManagedBridge::uplinks)
                    .flatMap(names -> Optional.ofNullable(names.get(uplink.uplink())))
                    .map(name -> "uplink " + name)
                    .orElse("an uplink that is gone, slot " + uplink.uplink().slot());
        } else if (owner instanceof Owner.OfSegment segment) {
            return segment.segment().isTagged() ? "VLAN " + segment.segment() : "the untagged segment";
        } else if (owner instanceof Owner.OfClass ofClass) {
            return topology.switchboard(dpid)
                    .classes()
                    .startingAt(ofClass.first())
                    .map(vlans -> "VLANs " + vlans + " of trunks")
                    .orElse("a VLAN class that is gone, from " + ofClass.first());
        } else if (owner instanceof Owner.OfAddress address) {
            return topology.switchboard(dpid)
                    .address(address.number())
                    .map(shared -> "address " + shared.mac())
                    .orElse("an address that is gone, number " + address.number());
        }
        return "the bridge";
    }
}

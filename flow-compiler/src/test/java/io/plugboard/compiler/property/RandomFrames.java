package io.plugboard.compiler.property;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Frames that a network has something to do with: from its ports, between its addresses, in its VLANs. */
public final class RandomFrames {
    private static final MacAddress STRANGER = MacAddress.parse(Scenario.STRANGER);

    private RandomFrames() {}

    /**
     * A frame before anybody knows what network it is sent in.
     *
     * @param who picks the sending vNIC, the uplink or the port
     * @param whom picks the vNIC that it is for
     * @param source where it is not the sender's own
     * @param destination where it is for no vNIC
     * @param tags where it is not tagged as its receiver's segment asks
     */
    public record Draft(
            Origin origin,
            int who,
            Optional<Integer> whom,
            Optional<MacAddress> source,
            MacAddress destination,
            Optional<List<VlanTag>> tags,
            Payload payload) {}

    public enum Origin {
        VNIC,
        UPLINK,
        ANY_PORT
    }

    /** @param number of the port that it comes in by */
    public record Arriving(int number, Frame frame) {}

    public enum Payload {
        ARP,
        UDP,
        IGMP,
        UDP6,
        MLD_QUERY,
        MLD_REPORT,
        NEIGHBOUR_SOLICITATION;

        public Frame frame(MacAddress to, MacAddress from) {
            switch (this) {
                case ARP:
                    return Frame.of(to, from, EtherType.ARP);
                case UDP:
                    return Frame.ipv4(to, from, IpProtocol.UDP);
                case IGMP:
                    return Frame.ipv4(to, from, IpProtocol.IGMP);
                case UDP6:
                    return Frame.ipv6(to, from, IpProtocol.UDP);
                case MLD_QUERY:
                    return Frame.icmpv6(to, from, 130);
                case MLD_REPORT:
                    return Frame.icmpv6(to, from, 143);
                case NEIGHBOUR_SOLICITATION:
                    return Frame.icmpv6(to, from, 135);
            }
            throw new AssertionError(this);
        }
    }

    public static Arbitrary<List<Draft>> drafts(int count) {
        Arbitrary<MacAddress> groups = Arbitraries.of(
                        Scenario.BROADCAST,
                        Scenario.MULTICAST,
                        RandomNetworks.GROUP,
                        "33:33:00:00:00:01",
                        "01:80:c2:00:00:02",
                        "01:80:c2:00:00:10")
                .map(MacAddress::parse);
        Arbitrary<MacAddress> others = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(STRANGER)), Tuple.of(3, RandomNetworks.addresses()), Tuple.of(4, groups));
        Arbitrary<Draft> drafts = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(6, Origin.VNIC), Tuple.of(5, Origin.UPLINK), Tuple.of(1, Origin.ANY_PORT)),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 200).optional(0.5),
                        others.optional(0.2),
                        others,
                        tags().optional(0.3),
                        Arbitraries.of(Payload.class))
                .as(Draft::new);
        return drafts.list().ofSize(count);
    }

    public static Arbitrary<List<VlanTag>> tags() {
        Arbitrary<VlanTag> tag = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(8, EtherType.VLAN), Tuple.of(1, EtherType.SERVICE_VLAN)),
                        Arbitraries.frequency(
                                Tuple.of(4, 0),
                                Tuple.of(4, 100),
                                Tuple.of(4, 200),
                                Tuple.of(1, 300),
                                Tuple.of(1, VlanTag.MAX_ID)),
                        Arbitraries.of(0, 5))
                .as(VlanTag::new);
        return tag.list().ofMaxSize(3);
    }

    /** The draft as it would be sent in this network. */
    public static Arriving arriving(Network network, Draft draft) {
        List<Attachment> vnics = network.topology().attachments().values().stream()
                .filter(vnic -> vnic.vnic().place().bridge().equals(Scenario.BRIDGE))
                .toList();
        Optional<Attachment> sender = draft.origin() == Origin.VNIC ? pick(vnics, draft.who()) : Optional.empty();
        Optional<Attachment> receiver = draft.whom().flatMap(whom -> pick(vnics, whom));
        MacAddress source =
                draft.source().or(() -> sender.map(vnic -> vnic.vnic().mac())).orElse(STRANGER);
        MacAddress destination = receiver.map(vnic -> vnic.vnic().mac()).orElse(draft.destination());
        List<VlanTag> tags = draft.tags()
                .orElseGet(() -> tags(
                        network,
                        draft.origin() == Origin.VNIC ? sender : receiver.or(() -> pick(vnics, draft.who())),
                        draft));
        int port = sender.flatMap(
                        vnic -> network.observed().port(vnic.vnic().place().port()))
                .or(() -> uplink(network, draft))
                .map(Observed.Port::number)
                .orElse(draft.who() % RandomNetworks.PORTS + 1);
        return new Arriving(port, draft.payload().frame(destination, source).withTags(tags));
    }

    /** As somebody at the vNIC's port would send it, or at an uplink in one of its VLANs. */
    private static List<VlanTag> tags(Network network, Optional<Attachment> vnic, Draft draft) {
        return vnic.map(there -> network.topology().portGroupOf(there).vlan())
                .filter(vlan -> draft.origin() != Origin.VNIC || vlan instanceof VlanMode.Trunk)
                .flatMap(vlan -> pick(
                        List.of(0, 99, 100, 199, 200, 4094).stream()
                                .filter(id -> vlan.vlans().contains(new VlanId(id)))
                                .toList(),
                        draft.who()))
                .filter(id -> id != 0)
                .map(id -> List.of(VlanTag.of(id)))
                .orElse(List.of());
    }

    private static Optional<Observed.Port> uplink(Network network, Draft draft) {
        Collection<String> uplinks = network.topology()
                .bridge(Scenario.BRIDGE)
                .map(bridge -> bridge.uplinks().values())
                .orElse(List.of());
        return draft.origin() == Origin.UPLINK
                ? pick(List.copyOf(uplinks), draft.who())
                        .flatMap(name -> network.observed().port(new PortRef.ByName(name)))
                : Optional.empty();
    }

    private static <T> Optional<T> pick(List<T> candidates, int index) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(index % candidates.size()));
    }
}

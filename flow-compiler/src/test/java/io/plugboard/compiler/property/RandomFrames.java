package io.plugboard.compiler.property;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Frames that a network has something to do with: from its ports, between its addresses, in its VLANs. A seed and a network
 * give the same frames every time, so that what is shrunk is the network.
 */
public final class RandomFrames {
    private static final MacAddress STRANGER = MacAddress.parse(Scenario.STRANGER);
    private static final List<MacAddress> GROUPS = Stream.of(
                    Scenario.BROADCAST,
                    Scenario.BROADCAST,
                    Scenario.BROADCAST,
                    Scenario.BROADCAST,
                    Scenario.MULTICAST,
                    RandomNetworks.GROUP,
                    "33:33:00:00:00:01",
                    "01:80:c2:00:00:02",
                    "01:80:c2:00:00:0f",
                    "01:80:c2:00:00:10")
            .map(MacAddress::parse)
            .toList();
    private static final List<Payload> PAYLOADS = Stream.concat(
                    Stream.of(Payload.values()), Stream.of(Payload.ARP, Payload.ARP, Payload.UDP, Payload.UDP))
            .toList();

    /** Where something happens, and one that is in most trunks. */
    private static final List<Integer> VLANS = List.of(0, 100, 101, 200);

    private static final List<Integer> TAG_IDS =
            List.of(0, 0, 1, 99, 100, 100, 101, 199, 200, 300, 4094, VlanTag.MAX_ID);

    private final Random random;
    private final List<Guest> guests;
    private final List<Observed.Port> uplinks;

    public RandomFrames(Network network, long seed) {
        random = new Random(seed);
        guests = network.topology().attachments().values().stream()
                .flatMap(vnic -> Stream.concat(
                                Stream.of(vnic.place()), vnic.second().stream().map(SecondSeat::place))
                        .filter(place -> place.bridge().equals(Scenario.BRIDGE))
                        .map(place -> Guest.of(network, vnic, place)))
                .toList();
        uplinks = network.topology().bridge(Scenario.BRIDGE).stream()
                .flatMap(bridge -> bridge.uplinks().values().stream())
                .flatMap(name -> network.observed().port(new PortRef.ByName(name)).stream())
                .toList();
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

    /** So many of them. */
    public static List<Arriving> of(Network network, int count, long seed) {
        RandomFrames frames = new RandomFrames(network, seed);
        return Stream.generate(frames::next).limit(count).toList();
    }

    public Arriving next() {
        Optional<Guest> peer = chance(60) ? oneOf(guests) : Optional.empty();
        MacAddress destination =
                peer.map(guest -> oneOf(guest.receives).orElseThrow()).orElseGet(this::anyAddress);
        Payload payload = oneOf(PAYLOADS).orElseThrow();
        int origin = random.nextInt(100);
        Optional<Guest> sender = origin < 55 ? oneOf(guests).filter(guest -> guest.port.isPresent()) : Optional.empty();
        if (sender.isPresent()) {
            MacAddress source = chance(85) ? oneOf(sender.get().sends).orElseThrow() : anyAddress();
            return new Arriving(
                    sender.get().port.getAsInt(),
                    payload.frame(destination, source).withTags(tagsFrom(sender.get(), peer)));
        } else if (origin < 97 && !uplinks.isEmpty()) {
            MacAddress source = chance(70) ? STRANGER : anyAddress();
            return new Arriving(
                    oneOf(uplinks).orElseThrow().number(),
                    payload.frame(destination, source).withTags(tagsTo(peer.or(() -> oneOf(guests)))));
        }
        return new Arriving(
                1 + random.nextInt(RandomNetworks.LAST_PORT),
                payload.frame(destination, anyAddress()).withTags(tags(random)));
    }

    private MacAddress anyAddress() {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return STRANGER;
        }
        return kind < 6
                ? oneOf(GROUPS).orElseThrow()
                : oneOf(RandomNetworks.ADDRESSES).orElseThrow();
    }

    /** As the guest's port group asks, and most often in a VLAN of its peer's. */
    private List<VlanTag> tagsFrom(Guest sender, Optional<Guest> peer) {
        if (chance(15)) {
            return tags(random);
        }
        return sender.isTrunk
                ? oneOf(common(sender, peer.orElse(sender))).map(this::tagged).orElse(List.of())
                : List.of();
    }

    private List<VlanTag> tagsTo(Optional<Guest> peer) {
        return peer.isEmpty() || chance(15)
                ? tags(random)
                : oneOf(peer.get().vlans).map(this::tagged).orElse(List.of());
    }

    private List<VlanTag> tagged(int vlan) {
        if (vlan == 0) {
            return chance(10) ? List.of(new VlanTag(EtherType.VLAN, 0, 5)) : List.of();
        }
        return List.of(new VlanTag(EtherType.VLAN, vlan, chance(10) ? 5 : 0));
    }

    private static List<Integer> common(Guest one, Guest other) {
        List<Integer> both = one.vlans.stream().filter(other.vlans::contains).toList();
        return both.isEmpty() ? one.vlans : both;
    }

    /** None to three tags of any kind; now and then one behind a priority tag, as of a guest that wants to hop VLANs. */
    public static List<VlanTag> tags(Random random) {
        if (random.nextInt(8) == 0) {
            return List.of(VlanTag.of(0), VlanTag.of(TAG_IDS.get(random.nextInt(TAG_IDS.size()))));
        }
        return IntStream.range(0, random.nextInt(8) < 5 ? 1 : random.nextInt(4))
                .mapToObj(index -> new VlanTag(
                        random.nextInt(9) == 0 ? EtherType.SERVICE_VLAN : EtherType.VLAN,
                        TAG_IDS.get(random.nextInt(TAG_IDS.size())),
                        random.nextInt(2) * 5))
                .toList();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> Optional<T> oneOf(List<T> candidates) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    /**
     * A vNIC of the bridge.
     *
     * @param sends what it may try to send from
     * @param receives what may be for it, its initial MAC most often
     * @param vlans those of its VLANs in which something happens
     */
    private record Guest(
            OptionalInt port, boolean isTrunk, List<Integer> vlans, List<MacAddress> sends, List<MacAddress> receives) {

        static Guest of(Network network, Attachment vnic, Place place) {
            VlanMode mode = network.topology().portGroupOf(vnic).vlan();
            MacAddress mac = vnic.vnic().mac();
            List<MacAddress> sends = new ArrayList<>(Collections.nCopies(3, mac));
            List<MacAddress> receives = new ArrayList<>(Collections.nCopies(3, mac));
            sends.addAll(vnic.vnic().allowedMacs());
            receives.addAll(vnic.vnic().allowedMacs());
            vnic.rxFilter().ifPresent(filter -> {
                sends.addAll(Collections.nCopies(5, filter.mac()));
                receives.add(filter.mac());
                receives.addAll(filter.unicast());
                receives.addAll(filter.multicast());
            });
            return new Guest(
                    network.observed().port(place.port()).stream()
                            .mapToInt(Observed.Port::number)
                            .findFirst(),
                    mode instanceof VlanMode.Trunk,
                    VLANS.stream()
                            .filter(id -> mode.vlans().contains(new VlanId(id)))
                            .toList(),
                    sends,
                    receives);
        }
    }
}

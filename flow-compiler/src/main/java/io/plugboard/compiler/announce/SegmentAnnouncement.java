package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VnicAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said of a vNIC in one segment. On the uplink with the segment's tag; to the guest as it gets that segment. */
record SegmentAnnouncement(AnnouncementSubject subject, VlanId vlan, AnnounceSettings settings) {

    List<Emission> presence() {
        List<Emission> emissions = new ArrayList<>();
        MacAddress mac = subject.mac();
        rounds(emissions, AnnouncementKind.RARP, Rarp.frame(mac, vlan));
        for (IpAddress address : addresses()) {
            if (address instanceof Ipv4Address ipv4) {
                rounds(emissions, AnnouncementKind.GRATUITOUS_ARP, GratuitousArp.frame(mac, ipv4, vlan));
            } else if (address instanceof Ipv6Address ipv6) {
                Octets frame = NeighbourAdvertisement.frame(mac, ipv6, vlan);
                rounds(emissions, AnnouncementKind.NEIGHBOUR_ADVERTISEMENT, frame);
            }
        }
        return emissions;
    }

    private void rounds(List<Emission> emissions, AnnouncementKind kind, Octets frame) {
        at(emissions, Schedule.rounds(settings), kind, Towards.UPLINK, frame);
    }

    private void at(
            List<Emission> emissions, List<Duration> offsets, AnnouncementKind kind, Towards towards, Octets frame) {
        for (int index = 0; index < offsets.size(); index++) {
            emissions.add(new Emission(kind, index + 1, offsets.get(index), towards, vlan, frame));
        }
    }

    /** At once, for each version that the guest reports by and each address that it reports from. */
    List<Emission> memberships() {
        if (!settings.reportKnownGroups()) {
            return List.of();
        }
        TreeMap<MembershipVersion, TreeMap<IpAddress, SortedSet<IpAddress>>> groups = new TreeMap<>();
        for (KnownGroup known : subject.knownGroups()) {
            if (known.vlan().equals(vlan)) {
                groups.computeIfAbsent(known.version(), version -> new TreeMap<>())
                        .computeIfAbsent(reporter(known), source -> new TreeSet<>())
                        .add(known.group());
            }
        }
        List<Emission> emissions = new ArrayList<>();
        groups.forEach((version, bySource) -> bySource.forEach((source, reported) -> {
            AnnouncementKind kind = version.isIgmp() ? AnnouncementKind.IGMP_REPORT : AnnouncementKind.MLD_REPORT;
            for (Octets frame : reports(version, source, reported)) {
                at(emissions, List.of(Duration.ZERO), kind, Towards.UPLINK, frame);
            }
        }));
        return emissions;
    }

    /**
     * From the address that the guest reports from; one that had none then has perhaps one of those that we know. Routers
     * take MLD from link-local addresses alone (RFC 3810, section 7.4).
     */
    private IpAddress reporter(KnownGroup known) {
        if (!known.reporter().isUnspecified()) {
            return known.reporter();
        }
        return addresses().stream()
                .filter(address -> known.version().isIgmp()
                        ? address instanceof Ipv4Address
                        : address instanceof Ipv6Address ipv6 && ipv6.isLinkLocal())
                .findFirst()
                .orElse(known.reporter());
    }

    private List<Octets> reports(MembershipVersion version, IpAddress source, SortedSet<IpAddress> groups) {
        MacAddress mac = subject.mac();
        if (source instanceof Ipv4Address ipv4) {
            List<Ipv4Address> ipv4Groups =
                    groups.stream().map(Ipv4Address.class::cast).toList();
            return version == MembershipVersion.IGMP_V3
                    ? IgmpReports.v3(mac, ipv4, vlan, ipv4Groups)
                    : IgmpReports.v2(mac, ipv4, vlan, ipv4Groups);
        }
        Ipv6Address ipv6 = (Ipv6Address) source;
        List<Ipv6Address> ipv6Groups =
                groups.stream().map(Ipv6Address.class::cast).toList();
        return version == MembershipVersion.MLD_V2
                ? MldReports.v2(mac, ipv6, vlan, ipv6Groups)
                : MldReports.v1(mac, ipv6, vlan, ipv6Groups);
    }

    List<Emission> questions() {
        List<Emission> emissions = new ArrayList<>();
        VlanId tag = subject.vlan() instanceof VlanMode.Trunk ? vlan : VlanId.UNTAGGED;
        List<Duration> offsets = Schedule.queries(settings);
        if (subject.mayHaveIgmpMemberships()) {
            Octets frame = IgmpQuery.frame(settings, tag);
            at(emissions, offsets, AnnouncementKind.IGMP_QUERY, Towards.GUEST, frame);
        }
        if (subject.mayHaveMldMemberships()) {
            Octets frame = MldQuery.frame(settings, tag);
            at(emissions, offsets, AnnouncementKind.MLD_QUERY, Towards.GUEST, frame);
        }
        return emissions;
    }

    private SortedSet<IpAddress> addresses() {
        return subject.addresses().stream()
                .filter(address -> AnnouncedVlans.of(address, subject).equals(vlan))
                .map(VnicAddress::ip)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

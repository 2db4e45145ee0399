package io.plugboard.compiler.announce;

import static io.plugboard.compiler.announce.AnnouncementKind.GRATUITOUS_ARP;
import static io.plugboard.compiler.announce.AnnouncementKind.IGMP_QUERY;
import static io.plugboard.compiler.announce.AnnouncementKind.IGMP_REPORT;
import static io.plugboard.compiler.announce.AnnouncementKind.MLD_QUERY;
import static io.plugboard.compiler.announce.AnnouncementKind.MLD_REPORT;
import static io.plugboard.compiler.announce.AnnouncementKind.NEIGHBOUR_ADVERTISEMENT;
import static io.plugboard.compiler.announce.AnnouncementKind.RARP;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnouncementPlanTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final AnnounceSettings USUAL = AnnounceSettings.DEFAULT;
    private static final VlanId VLAN = new VlanId(100);
    private static final VlanMode ACCESS = new VlanMode.Access(VLAN);
    private static final VlanMode TRUNK = new VlanMode.Trunk(VlanSet.parse(List.of("0-4094")));
    private static final Ipv4Address IPV4 = Ipv4Address.parse("192.0.2.1");
    private static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::1");
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final Ipv6Address IPV6_GROUP = Ipv6Address.parse("ff3e::8000:1");

    /** Of an access vNIC whose receive filter is not known. */
    private static AnnouncementSubject subject(VnicAddress... addresses) {
        return subject(ACCESS, Optional.empty(), List.of(), addresses);
    }

    private static AnnouncementSubject listener(KnownGroup... groups) {
        return subject(ACCESS, Optional.empty(), List.of(groups), address("192.0.2.1"), address("fe80::1"));
    }

    private static AnnouncementSubject trunk(String filter, VnicAddress... addresses) {
        return subject(
                TRUNK,
                filter.isEmpty() ? Optional.empty() : Optional.of(VlanSet.parse(List.of(filter.split(",")))),
                List.of(),
                addresses);
    }

    private static AnnouncementSubject subject(
            VlanMode vlan, Optional<VlanSet> filter, List<KnownGroup> groups, VnicAddress... addresses) {
        return new AnnouncementSubject(
                MAC,
                vlan,
                new TreeSet<>(Arrays.asList(addresses)),
                filter,
                true,
                Set.of(),
                new TreeSet<>(groups),
                true);
    }

    private static AnnouncementSubject filtering(String... multicast) {
        Set<MacAddress> macs = new TreeSet<>();
        for (String mac : multicast) {
            macs.add(MacAddress.parse(mac));
        }
        return new AnnouncementSubject(
                MAC, ACCESS, new TreeSet<>(), Optional.empty(), false, macs, new TreeSet<>(), true);
    }

    private static VnicAddress address(String ip) {
        return new VnicAddress(IpAddress.parse(ip));
    }

    private static VnicAddress address(String ip, int vlan) {
        return new VnicAddress(IpAddress.parse(ip), Optional.of(new VlanId(vlan)));
    }

    private static KnownGroup known(IpAddress group, MembershipVersion version, IpAddress reporter) {
        return new KnownGroup(VLAN, group, version, reporter);
    }

    private static List<Emission> of(AnnouncementPlan plan, AnnouncementKind kind) {
        return plan.emissions().stream()
                .filter(emission -> emission.kind() == kind)
                .toList();
    }

    private static List<Integer> vlans(AnnouncementPlan plan, AnnouncementKind kind) {
        return of(plan, kind).stream()
                .filter(emission -> emission.round() == 1)
                .map(emission -> emission.vlan().value())
                .toList();
    }

    private static List<Long> milliseconds(AnnouncementPlan plan, AnnouncementKind kind) {
        return of(plan, kind).stream()
                .map(emission -> emission.offset().toMillis())
                .toList();
    }

    @Test
    void roundsFollowQemusSchedule() {
        AnnouncementPlan plan = AnnouncementPlan.of(subject(address("192.0.2.1")), Occasion.FIRST_ATTACH, USUAL);

        assertThat(milliseconds(plan, RARP)).containsExactly(0L, 50L, 200L, 450L, 800L);
        assertThat(milliseconds(plan, GRATUITOUS_ARP)).containsExactly(0L, 50L, 200L, 450L, 800L);
        assertThat(of(plan, RARP)).extracting(Emission::round).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void pausesGrowUpToTheLongest() {
        AnnounceSettings seven =
                SettingsBuilder.settings().rounds(9).max(Duration.ofMillis(350)).build();
        AnnounceSettings even = SettingsBuilder.settings()
                .initial(Duration.ofMillis(500))
                .max(Duration.ofMillis(20))
                .rounds(3)
                .build();

        assertThat(milliseconds(AnnouncementPlan.of(subject(), Occasion.FIRST_ATTACH, seven), RARP))
                .containsExactly(0L, 50L, 200L, 450L, 800L, 1150L, 1500L, 1850L, 2200L);
        assertThat(milliseconds(AnnouncementPlan.of(subject(), Occasion.FIRST_ATTACH, even), RARP))
                .containsExactly(0L, 20L, 40L);
    }

    @Test
    void switchesAreToldOnTheUplinkWithTheSegmentsTag() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                subject(address("192.0.2.1"), address("fe80::1")),
                Occasion.FIRST_ATTACH,
                SettingsBuilder.settings().rounds(1).build());

        assertThat(plan.emissions())
                .containsExactly(
                        emission(RARP, Towards.UPLINK, Rarp.frame(MAC, VLAN)),
                        emission(GRATUITOUS_ARP, Towards.UPLINK, GratuitousArp.frame(MAC, IPV4, VLAN)),
                        emission(
                                NEIGHBOUR_ADVERTISEMENT,
                                Towards.UPLINK,
                                NeighbourAdvertisement.frame(MAC, LINK_LOCAL, VLAN)));
        assertThat(plan.notAnnounced()).isEmpty();
    }

    private static Emission emission(AnnouncementKind kind, Towards towards, Octets frame) {
        return new Emission(kind, 1, Duration.ZERO, towards, VLAN, frame);
    }

    @ParameterizedTest
    @EnumSource(names = {"MIGRATION", "RE_PIN", "ASKED"})
    void theGuestIsAskedTwiceASecondApartAndWithoutATag(Occasion occasion) {
        AnnouncementPlan plan = AnnouncementPlan.of(subject(), occasion, USUAL);

        assertThat(milliseconds(plan, IGMP_QUERY)).containsExactly(0L, 1000L);
        assertThat(milliseconds(plan, MLD_QUERY)).containsExactly(0L, 1000L);
        assertThat(of(plan, IGMP_QUERY)).allSatisfy(query -> {
            assertThat(query.towards()).isEqualTo(Towards.GUEST);
            assertThat(query.vlan()).isEqualTo(VLAN);
            assertThat(query.frame()).isEqualTo(IgmpQuery.frame(USUAL, VlanId.UNTAGGED));
        });
        assertThat(of(plan, MLD_QUERY))
                .extracting(Emission::frame)
                .containsOnly(MldQuery.frame(USUAL, VlanId.UNTAGGED));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_ATTACH", "MAC_CHANGE"})
    void aGuestThatIsHeardAnywayIsNotAsked(Occasion occasion) {
        AnnouncementPlan plan =
                AnnouncementPlan.of(listener(known(GROUP, MembershipVersion.IGMP_V3, IPV4)), occasion, USUAL);

        assertThat(plan.emissions())
                .extracting(Emission::kind)
                .containsOnly(RARP, GRATUITOUS_ARP, NEIGHBOUR_ADVERTISEMENT);
    }

    @Test
    void aGuestIsAskedOfWhatItsNetworkCardLetsThrough() {
        AnnouncementPlan both =
                AnnouncementPlan.of(filtering("01:00:5e:00:00:01", "33:33:00:00:00:01"), Occasion.MIGRATION, USUAL);
        AnnouncementPlan ipv6 = AnnouncementPlan.of(filtering("33:33:00:00:00:01"), Occasion.MIGRATION, USUAL);
        AnnouncementPlan neither = AnnouncementPlan.of(filtering("01:80:c2:00:00:0e"), Occasion.MIGRATION, USUAL);

        assertThat(both.emissions()).extracting(Emission::kind).contains(IGMP_QUERY, MLD_QUERY);
        assertThat(ipv6.emissions())
                .extracting(Emission::kind)
                .contains(MLD_QUERY)
                .doesNotContain(IGMP_QUERY);
        assertThat(neither.emissions()).extracting(Emission::kind).containsOnly(RARP);
    }

    @Test
    void noQuestionsAreAskedWhereTheSettingsSayNone() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                subject(),
                Occasion.MIGRATION,
                SettingsBuilder.settings().queries(0).build());

        assertThat(plan.emissions()).extracting(Emission::kind).containsOnly(RARP);
    }

    @Test
    void knownGroupsAreReportedAtOnceInTheGuestsVersionAndName() {
        Ipv4Address own = Ipv4Address.parse("198.51.100.7");
        Ipv4Address other = Ipv4Address.parse("239.1.2.4");
        AnnouncementPlan plan = AnnouncementPlan.of(
                listener(
                        known(GROUP, MembershipVersion.IGMP_V3, own),
                        known(other, MembershipVersion.IGMP_V3, own),
                        known(IPV6_GROUP, MembershipVersion.MLD_V2, LINK_LOCAL)),
                Occasion.MIGRATION,
                USUAL);

        assertThat(of(plan, IGMP_REPORT))
                .containsExactly(emission(
                        IGMP_REPORT,
                        Towards.UPLINK,
                        IgmpReports.v3(MAC, own, VLAN, List.of(GROUP, other)).get(0)));
        assertThat(of(plan, MLD_REPORT))
                .containsExactly(emission(
                        MLD_REPORT,
                        Towards.UPLINK,
                        MldReports.v2(MAC, LINK_LOCAL, VLAN, List.of(IPV6_GROUP))
                                .get(0)));
        assertThat(plan.emissions()).extracting(Emission::kind).contains(IGMP_QUERY, MLD_QUERY);
    }

    @Test
    void olderVersionsReportEachGroupByItself() {
        Ipv4Address other = Ipv4Address.parse("239.1.2.4");
        AnnouncementPlan plan = AnnouncementPlan.of(
                listener(
                        known(GROUP, MembershipVersion.IGMP_V1, IPV4),
                        known(other, MembershipVersion.IGMP_V2, IPV4),
                        known(IPV6_GROUP, MembershipVersion.MLD_V1, LINK_LOCAL)),
                Occasion.RE_PIN,
                USUAL);

        assertThat(of(plan, IGMP_REPORT))
                .extracting(Emission::frame)
                .containsExactlyElementsOf(IgmpReports.v2(MAC, IPV4, VLAN, List.of(GROUP, other)));
        assertThat(of(plan, MLD_REPORT))
                .extracting(Emission::frame)
                .containsExactlyElementsOf(MldReports.v1(MAC, LINK_LOCAL, VLAN, List.of(IPV6_GROUP)));
    }

    @Test
    void aReportThatCameFromNoAddressGoesFromOneThatTheGuestHas() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                subject(
                        ACCESS,
                        Optional.empty(),
                        List.of(
                                known(GROUP, MembershipVersion.IGMP_V2, Ipv4Address.UNSPECIFIED),
                                known(IPV6_GROUP, MembershipVersion.MLD_V1, Ipv6Address.UNSPECIFIED)),
                        address("2001:db8::1"),
                        address("fe80::1"),
                        address("192.0.2.1")),
                Occasion.MIGRATION,
                USUAL);

        assertThat(of(plan, IGMP_REPORT))
                .extracting(Emission::frame)
                .containsExactlyElementsOf(IgmpReports.v2(MAC, IPV4, VLAN, List.of(GROUP)));
        assertThat(of(plan, MLD_REPORT))
                .extracting(Emission::frame)
                .containsExactlyElementsOf(MldReports.v1(MAC, LINK_LOCAL, VLAN, List.of(IPV6_GROUP)));
    }

    @Test
    void knownGroupsAreNotReportedWhereTheSettingsSayNo() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                listener(known(GROUP, MembershipVersion.IGMP_V3, IPV4)),
                Occasion.MIGRATION,
                SettingsBuilder.settings().withoutKnownGroups().build());

        assertThat(plan.emissions())
                .extracting(Emission::kind)
                .contains(IGMP_QUERY)
                .doesNotContain(IGMP_REPORT);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentWhenSwitchesAreNotToBeNotified(Occasion occasion) {
        AnnouncementSubject told = listener(known(GROUP, MembershipVersion.IGMP_V3, IPV4));
        AnnouncementSubject silent = new AnnouncementSubject(
                MAC,
                told.vlan(),
                told.addresses(),
                told.filterVlans(),
                told.allMulticast(),
                told.multicast(),
                told.knownGroups(),
                false);

        assertThat(AnnouncementPlan.of(silent, occasion, USUAL))
                .isEqualTo(new AnnouncementPlan(List.of(), Optional.empty()));
    }

    @Test
    void anUntaggedVnicIsAnnouncedWithoutATag() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                subject(new VlanMode.Untagged(), Optional.empty(), List.of()), Occasion.FIRST_ATTACH, USUAL);

        assertThat(of(plan, RARP)).extracting(Emission::frame).containsOnly(Rarp.frame(MAC, VlanId.UNTAGGED));
    }

    @Test
    void aTrunkVnicIsAnnouncedAndAskedInTheVlansOfItsAddressesAndItsFilter() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                trunk("20,30", address("192.0.2.1", 10), address("192.0.2.2")), Occasion.MIGRATION, USUAL);

        assertThat(vlans(plan, RARP)).containsExactly(0, 10, 20, 30);
        assertThat(vlans(plan, GRATUITOUS_ARP)).containsExactly(0, 10);
        assertThat(of(plan, IGMP_QUERY).subList(0, 2))
                .extracting(Emission::frame)
                .containsExactly(IgmpQuery.frame(USUAL, VlanId.UNTAGGED), IgmpQuery.frame(USUAL, new VlanId(10)));
        assertThat(plan.notAnnounced()).isEmpty();
    }

    @Test
    void aTrunkVnicIsAnnouncedInItsLowestSixteenVlans() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                trunk("100-200", address("192.0.2.1", 7), address("192.0.2.2", 300)), Occasion.FIRST_ATTACH, USUAL);

        List<Integer> lowest = new ArrayList<>(List.of(7));
        IntStream.range(100, 115).forEach(lowest::add);
        assertThat(vlans(plan, RARP)).containsExactlyElementsOf(lowest);
        assertThat(of(plan, GRATUITOUS_ARP)).hasSize(5);
        assertThat(plan.notAnnounced()).contains(VlanSet.parse(List.of("115-200", "300")));
    }

    @Test
    void aTrunkVnicWhoseFilterIsNotKnownMayBeAnywhere() {
        AnnouncementPlan plan = AnnouncementPlan.of(trunk("", address("192.0.2.1", 10)), Occasion.FIRST_ATTACH, USUAL);

        assertThat(vlans(plan, RARP)).containsExactly(10);
        assertThat(plan.notAnnounced()).contains(VlanSet.parse(List.of("0-9", "11-4094")));
    }

    @Test
    void nothingIsSaidInVlansThatTheVnicIsNotIn() {
        VlanMode few = new VlanMode.Trunk(VlanSet.parse(List.of("10-20")));
        AnnouncementPlan trunk = AnnouncementPlan.of(
                subject(few, Optional.of(VlanSet.parse(List.of("20-25"))), List.of(), address("192.0.2.1", 30)),
                Occasion.FIRST_ATTACH,
                USUAL);
        AnnouncementPlan access = AnnouncementPlan.of(subject(address("192.0.2.1", 101)), Occasion.FIRST_ATTACH, USUAL);

        assertThat(vlans(trunk, RARP)).containsExactly(20);
        assertThat(of(trunk, GRATUITOUS_ARP)).isEmpty();
        assertThat(trunk.notAnnounced()).contains(VlanSet.parse(List.of("30")));
        assertThat(vlans(access, RARP)).containsExactly(100);
        assertThat(of(access, GRATUITOUS_ARP)).isEmpty();
        assertThat(access.notAnnounced()).contains(VlanSet.parse(List.of("101")));
    }

    @Test
    void everythingIsInTheOrderInWhichItIsSent() {
        AnnouncementPlan plan = AnnouncementPlan.of(
                trunk("20,30", address("192.0.2.1", 10), address("fe80::1", 10)), Occasion.MIGRATION, USUAL);

        assertThat(plan.emissions()).isSortedAccordingTo(Emission.ORDER);
        assertThat(plan.emissions().subList(0, 3)).extracting(Emission::kind).containsOnly(RARP);
    }
}

package io.plugboard.compiler.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.announce.GuestReport.Report;
import io.plugboard.compiler.announce.GuestReport.Unusable;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.Ipv6Packet;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.frame.RouterAlert;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestReportTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final Ipv4Address SOURCE = Ipv4Address.parse("192.0.2.1");
    private static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::1");
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final Ipv6Address IPV6_GROUP = Ipv6Address.parse("ff3e::8000:1");
    private static final VlanId VLAN = new VlanId(100);
    private static final Octets NO_CHECKSUM = new OctetWriter().u16(0).toOctets();

    private static GuestReport read(Octets frame) {
        return GuestReport.read(frame.toArray());
    }

    private static Report report(Octets frame) {
        assertThat(read(frame)).isInstanceOf(Report.class);
        return (Report) read(frame);
    }

    private static void assertUnusable(Octets frame, String why) {
        assertThat(read(frame)).isEqualTo(new Unusable("The frame is no membership report: " + why + "."));
    }

    private static Octets igmp(int type, Octets behindChecksum) {
        return Igmp.frame(MAC, SOURCE, Igmp.ALL_V3_ROUTERS, VlanId.UNTAGGED, type, 0, behindChecksum);
    }

    /** A report of version 3 with one record, whose sources and auxiliary data are zeros. */
    private static Octets igmpv3(int type, int auxiliaryWords, int sources, String group) {
        return igmp(
                Igmp.V3_REPORT,
                new OctetWriter()
                        .u16(0)
                        .u16(1)
                        .octets(record(type, auxiliaryWords, sources, IpAddress.parse(group)))
                        .toOctets());
    }

    private static Octets record(int type, int auxiliaryWords, int sources, IpAddress group) {
        return new OctetWriter()
                .u8(type)
                .u8(auxiliaryWords)
                .u16(sources)
                .ip(group)
                .zeros(sources * group.octets().length + 4 * auxiliaryWords)
                .toOctets();
    }

    private static Octets mld(int type, Octets behindChecksum) {
        Octets message = new OctetWriter()
                .u8(type)
                .u8(0)
                .octets(NO_CHECKSUM)
                .octets(behindChecksum)
                .toOctets();
        return Mld.frame(MAC, LINK_LOCAL, Mld.ALL_V2_ROUTERS, VlanId.UNTAGGED, message);
    }

    private static Octets ipv6(Ipv6Packet packet) {
        return new EthernetFrame(MAC, MAC, VlanId.UNTAGGED, EtherType.IPV6, packet.toOctets()).toOctets();
    }

    private static Octets ipv4(Octets packet) {
        return new EthernetFrame(MAC, MAC, VlanId.UNTAGGED, EtherType.IPV4, packet).toOctets();
    }

    private static Octets mldReport(int hopLimit, String source, Octets hopByHop) {
        Octets message =
                new OctetWriter().u8(Mld.V1_REPORT).zeros(7).ip(IPV6_GROUP).toOctets();
        return ipv6(Ipv6Packet.icmpv6(hopLimit, Ipv6Address.parse(source), IPV6_GROUP, hopByHop, message));
    }

    private static Octets changed(Octets frame, int index, int value) {
        byte[] octets = frame.toArray();
        octets[index] = (byte) value;
        return Octets.of(octets);
    }

    @Test
    void readsEachVersionOfIgmp() {
        Octets group = new OctetWriter().ip(GROUP).toOctets();

        assertThat(report(igmp(Igmp.V1_REPORT, group))).isEqualTo(joined(MembershipVersion.IGMP_V1, SOURCE, GROUP));
        assertThat(report(igmp(Igmp.V2_REPORT, group))).isEqualTo(joined(MembershipVersion.IGMP_V2, SOURCE, GROUP));
        assertThat(report(igmpv3(GroupRecord.CHANGE_TO_EXCLUDE_MODE, 0, 0, "239.1.2.3")))
                .isEqualTo(joined(MembershipVersion.IGMP_V3, SOURCE, GROUP));
    }

    @Test
    void readsEachVersionOfMld() {
        Octets group = new OctetWriter().u32(0).ip(IPV6_GROUP).toOctets();
        Octets record = new OctetWriter()
                .u16(0)
                .u16(1)
                .octets(record(GroupRecord.MODE_IS_EXCLUDE, 0, 0, IPV6_GROUP))
                .toOctets();

        assertThat(report(mld(Mld.V1_REPORT, group)))
                .isEqualTo(joined(MembershipVersion.MLD_V1, LINK_LOCAL, IPV6_GROUP));
        assertThat(report(mld(Mld.V2_REPORT, record)))
                .isEqualTo(joined(MembershipVersion.MLD_V2, LINK_LOCAL, IPV6_GROUP));
    }

    private static Report joined(MembershipVersion version, IpAddress source, IpAddress group) {
        return new Report(
                version, VlanId.UNTAGGED, source, new TreeSet<>(List.of(group)), new TreeSet<>(), new TreeSet<>());
    }

    @Test
    void readsLeaves() {
        Report leave = report(igmp(Igmp.LEAVE, new OctetWriter().ip(GROUP).toOctets()));
        Report done =
                report(mld(Mld.DONE, new OctetWriter().u32(0).ip(IPV6_GROUP).toOctets()));

        assertThat(leave.left()).containsExactly(GROUP);
        assertThat(leave.joined()).isEmpty();
        assertThat(done.left()).containsExactly(IPV6_GROUP);
        assertThat(done.version()).isEqualTo(MembershipVersion.MLD_V1);
    }

    /** Of kernel 6: a member of 239.1.2.3, and of 232.1.1.1 for one source. */
    @Test
    void readsWhatLinuxSaysOfItsIpv4Groups() {
        Octets answer = Octets.parse("""
                01005e000016 525400aabbcc 0800
                46c0 0034 0000 4000 01 02 41e6 c0000207 e0000016 94040000
                22 00 d6bf 0000 0002 01 00 0001 e8010101 c6336401 02 00 0000 ef010203
                """);
        Octets leave = Octets.parse("""
                01005e000016 525400aabbcc 0800
                46c0 0034 0000 4000 01 02 41e6 c0000207 e0000016 94040000
                22 00 d0bf 0000 0002 06 00 0001 e8010101 c6336401 03 00 0000 ef010203
                """);
        Ipv4Address specific = Ipv4Address.parse("232.1.1.1");

        assertThat(report(answer))
                .isEqualTo(new Report(
                        MembershipVersion.IGMP_V3,
                        VlanId.UNTAGGED,
                        Ipv4Address.parse("192.0.2.7"),
                        new TreeSet<>(List.of(specific, GROUP)),
                        new TreeSet<>(List.of(specific)),
                        new TreeSet<>()));
        assertThat(report(leave).left()).containsExactly(GROUP);
        assertThat(report(leave).joined()).isEmpty();
    }

    /** Of kernel 6: a member of ff15::1234, and of its own solicited-node group. */
    @Test
    void readsWhatLinuxSaysOfItsIpv6Groups() {
        Octets answer = Octets.parse("""
                333300000016 525400aabbcc 86dd
                60000000 0038 00 01 fe80000000000000505400fffeaabbcc ff020000000000000000000000000016
                3a 00 05020000 0100
                8f 00 9768 0000 0002
                02 00 0000 ff150000000000000000000000001234
                02 00 0000 ff0200000000000000000001ffaabbcc
                """);
        Octets joinFromNoAddress = Octets.parse("""
                333300000016 525400aabbcc 86dd
                60000000 0024 00 01 00000000000000000000000000000000 ff020000000000000000000000000016
                3a 00 05020000 0100
                8f 00 5c45 0000 0001
                04 00 0000 ff150000000000000000000000001234
                """);

        assertThat(report(answer).joined())
                .containsExactly(IpAddress.parse("ff02::1:ffaa:bbcc"), IpAddress.parse("ff15::1234"));
        assertThat(report(answer).source()).hasToString("fe80::5054:ff:feaa:bbcc");
        assertThat(report(joinFromNoAddress).source()).isEqualTo(Ipv6Address.UNSPECIFIED);
        assertThat(report(joinFromNoAddress).joined()).containsExactly(IpAddress.parse("ff15::1234"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, left",
        "1, 2, sourceSpecific",
        "2, 0, joined",
        "2, 2, joined",
        "3, 0, left",
        "3, 2, sourceSpecific",
        "4, 0, joined",
        "4, 2, joined",
        "5, 0, nothing",
        "5, 2, sourceSpecific",
        "6, 0, nothing",
        "6, 2, nothing",
        "0, 0, nothing",
        "7, 2, nothing",
        "255, 2, nothing",
    })
    void aRecordSaysByItsTypeAndSourcesWhetherTheGuestListens(int type, int sources, String meaning) {
        Report report = report(igmpv3(type, 0, sources, "239.1.2.3"));

        boolean isJoined = meaning.equals("joined") || meaning.equals("sourceSpecific");
        assertThat(report.joined().contains(GROUP)).isEqualTo(isJoined);
        assertThat(report.sourceSpecific().contains(GROUP)).isEqualTo(meaning.equals("sourceSpecific"));
        assertThat(report.left().contains(GROUP)).isEqualTo(meaning.equals("left"));
    }

    @Test
    void theLastRecordOfAGroupCounts() {
        Octets records = new OctetWriter()
                .u16(0)
                .u16(3)
                .octets(record(GroupRecord.MODE_IS_INCLUDE, 0, 1, GROUP))
                .octets(record(GroupRecord.CHANGE_TO_INCLUDE_MODE, 0, 0, GROUP))
                .octets(record(GroupRecord.CHANGE_TO_EXCLUDE_MODE, 0, 0, GROUP))
                .toOctets();

        assertThat(report(igmp(Igmp.V3_REPORT, records))).isEqualTo(joined(MembershipVersion.IGMP_V3, SOURCE, GROUP));
    }

    @Test
    void skipsSourcesAndAuxiliaryData() {
        Octets records = new OctetWriter()
                .u16(0)
                .u16(2)
                .octets(record(GroupRecord.MODE_IS_EXCLUDE, 3, 5, GROUP))
                .octets(record(GroupRecord.MODE_IS_EXCLUDE, 0, 0, Ipv4Address.parse("239.9.9.9")))
                .toOctets();

        assertThat(report(igmp(Igmp.V3_REPORT, records)).joined())
                .containsExactly(GROUP, Ipv4Address.parse("239.9.9.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "0.0.0.0", "255.255.255.255", "224.0.0.1"})
    void leavesOutWhatIsNoGroupOrThatOfAllHosts(String group) {
        Report report = report(igmpv3(GroupRecord.MODE_IS_EXCLUDE, 0, 0, group));
        Report specific = report(igmpv3(GroupRecord.MODE_IS_INCLUDE, 0, 1, group));
        Report left = report(igmpv3(GroupRecord.MODE_IS_INCLUDE, 0, 0, group));

        assertThat(report.joined()).isEmpty();
        assertThat(specific.sourceSpecific()).isEmpty();
        assertThat(left.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::1", "::", "ff02::1", "ff01::5", "ff00::5", "ff11::5"})
    void leavesOutWhatIsNoIpv6GroupOrNeverReported(String group) {
        Octets records = new OctetWriter()
                .u16(0)
                .u16(1)
                .octets(record(GroupRecord.MODE_IS_EXCLUDE, 0, 0, Ipv6Address.parse(group)))
                .toOctets();

        assertThat(report(mld(Mld.V2_REPORT, records)).joined()).isEmpty();
    }

    @Test
    void readsAThousandRecords() {
        OctetWriter records = new OctetWriter().u16(0).u16(1000);
        List<IpAddress> groups = new ArrayList<>();
        IntStream.range(0, 1000).forEach(index -> {
            groups.add(new Ipv4Address(GROUP.bits() + index));
            records.octets(record(GroupRecord.MODE_IS_EXCLUDE, 0, 0, groups.get(index)));
        });

        assertThat(report(igmp(Igmp.V3_REPORT, records.toOctets())).joined()).containsExactlyElementsOf(groups);
    }

    @Test
    void saysInWhichVlanItWasSent() {
        Octets tagged = IgmpReports.v2(MAC, SOURCE, VLAN, List.of(GROUP)).get(0);

        assertThat(report(tagged).vlan()).isEqualTo(VLAN);
        assertThat(report(changed(tagged, 14, 0xe0)).vlan()).isEqualTo(VLAN);
        assertThat(report(changed(tagged, 15, 0)).vlan()).isEqualTo(VlanId.UNTAGGED);
    }

    @Test
    void refusesTagsThatNameNoVlanOfOurs() {
        Octets tagged = IgmpReports.v2(MAC, SOURCE, VLAN, List.of(GROUP)).get(0);
        Octets reserved = changed(changed(tagged, 14, 0x0f), 15, 0xff);
        Octets service = changed(changed(tagged, 12, 0x88), 13, 0xa8);
        byte[] plain = tagged.toArray();
        Octets twice = new OctetWriter()
                .octets(Octets.of(Arrays.copyOf(plain, 16)))
                .octets(Octets.of(Arrays.copyOfRange(plain, 12, plain.length)))
                .toOctets();

        assertUnusable(reserved, "its tag is of the reserved VLAN 4095");
        assertUnusable(service, "it has a service tag or more than one VLAN tag");
        assertUnusable(twice, "it has a service tag or more than one VLAN tag");
    }

    @Test
    void refusesOtherProtocols() {
        assertUnusable(Rarp.frame(MAC, VLAN), "it is neither IPv4 nor IPv6, but of EtherType 0x8035");
        assertUnusable(
                ipv4(new Ipv4Packet(0, 1, IpProtocol.UDP, SOURCE, GROUP, Octets.NONE, Octets.NONE).toOctets()),
                "it is of IP protocol 17 and not IGMP");
        assertUnusable(
                ipv6(new Ipv6Packet(1, LINK_LOCAL, IPV6_GROUP, Octets.NONE, IpProtocol.UDP, Octets.NONE)),
                "it is of IP protocol 17 and not ICMPv6");
        assertUnusable(IgmpQuery.frame(AnnounceSettings.DEFAULT, VLAN), "it is an IGMP query");
        assertUnusable(MldQuery.frame(AnnounceSettings.DEFAULT, VLAN), "it is an MLD query");
        assertUnusable(igmp(0x13, new OctetWriter().ip(GROUP).toOctets()), "its IGMP type is 0x13");
        assertUnusable(mld(128, new OctetWriter().u32(0).toOctets()), "its ICMPv6 type is 128");
    }

    @Test
    void refusesWrongChecksums() {
        Octets igmp = igmp(Igmp.V2_REPORT, new OctetWriter().ip(GROUP).toOctets());
        Octets mld = mld(Mld.V1_REPORT, new OctetWriter().u32(0).ip(IPV6_GROUP).toOctets());

        assertUnusable(changed(igmp, 15, 0), "its IPv4 checksum is wrong");
        assertUnusable(changed(igmp, 45, 9), "its IGMP checksum is wrong");
        assertUnusable(changed(mld, mld.length() - 1, 9), "its ICMPv6 checksum is wrong");
    }

    @Test
    void refusesHeadersThatContradictThemselves() {
        Octets igmp = igmp(Igmp.V2_REPORT, new OctetWriter().ip(GROUP).toOctets());
        Octets mld = mld(Mld.V1_REPORT, new OctetWriter().u32(0).ip(IPV6_GROUP).toOctets());

        assertUnusable(changed(igmp, 14, 0x44), "the first octet of its IPv4 header is 0x44");
        assertUnusable(changed(igmp, 14, 0x66), "the first octet of its IPv4 header is 0x66");
        assertUnusable(changed(igmp, 17, 23), "its IPv4 length of 23 is less than that of its header, 24");
        assertUnusable(changed(mld, 14, 0x40), "its IP version is 4, and its EtherType that of IPv6");
        assertUnusable(changed(mld, 55, 9), "the IPv6 payload is cut off");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2000, 0x0001, 0x1fff})
    void refusesFragments(int fragment) {
        byte[] packet = new Ipv4Packet(0, 1, IpProtocol.IGMP, SOURCE, GROUP, Octets.NONE, Octets.NONE)
                .toOctets()
                .toArray();
        int checksum = (packet[10] & 0xff) << 8 | packet[11] & 0xff;
        // RFC 1624: the checksum changes by what the field changes, from Don't Fragment to the fragment's.
        int sum = (~checksum & 0xffff) + (~0x4000 & 0xffff) + fragment;
        int updated = ~((sum & 0xffff) + (sum >> 16)) & 0xffff;
        packet[6] = (byte) (fragment >> 8);
        packet[7] = (byte) fragment;
        packet[10] = (byte) (updated >> 8);
        packet[11] = (byte) updated;

        assertUnusable(ipv4(Octets.of(packet)), "it is a fragment of an IPv4 packet");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 40})
    void readsBehindIpv4Options(int length) {
        Octets options = new OctetWriter().zeros(length).toOctets();
        byte[] withoutOptions =
                igmp(Igmp.V2_REPORT, new OctetWriter().ip(GROUP).toOctets()).toArray();
        Octets message = Octets.of(Arrays.copyOfRange(withoutOptions, 38, 46));

        assertThat(report(ipv4(new Ipv4Packet(0, 1, IpProtocol.IGMP, SOURCE, GROUP, options, message).toOctets()))
                        .joined())
                .containsExactly(GROUP);
    }

    @Test
    void refusesMldThatRoutersRefuse() {
        Octets padding = new OctetWriter().u8(1).u8(4).u32(0).toOctets();
        Octets cutOff = new OctetWriter().u8(0x3e).u8(9).u32(0).toOctets();

        assertUnusable(mldReport(2, "fe80::1", RouterAlert.IPV6), "its hop limit is 2 and not 1");
        assertUnusable(
                mldReport(1, "2001:db8::1", RouterAlert.IPV6), "its source 2001:db8::1 is not a link-local address");
        assertUnusable(mldReport(1, "fe80::1", Octets.NONE), "it has no router alert option");
        assertUnusable(mldReport(1, "fe80::1", padding), "it has no router alert option");
        assertUnusable(mldReport(1, "fe80::1", cutOff), "a hop-by-hop option is cut off");
    }

    @Test
    void readsMldFromAnAddressThatIsNotKnownYet() {
        Octets alertBehindPadding =
                new OctetWriter().u8(0).u8(0).u32(0x0502_0000).toOctets();

        assertThat(report(mldReport(1, "::", alertBehindPadding)).source()).isEqualTo(Ipv6Address.UNSPECIFIED);
    }

    @Test
    void refusesRecordsThatAreNotThere() {
        Octets fewer = new OctetWriter()
                .u16(0)
                .u16(0xffff)
                .octets(record(GroupRecord.MODE_IS_EXCLUDE, 0, 0, GROUP))
                .toOctets();
        Octets sources = new OctetWriter()
                .u16(0)
                .u16(1)
                .u8(GroupRecord.MODE_IS_EXCLUDE)
                .u8(0xff)
                .u16(0xffff)
                .ip(GROUP)
                .toOctets();

        assertUnusable(igmp(Igmp.V3_REPORT, fewer), "the IGMP message is cut off");
        assertUnusable(igmp(Igmp.V3_REPORT, sources), "the IGMP message is cut off");
        assertUnusable(mld(Mld.V2_REPORT, fewer), "the MLD message is cut off");
        assertUnusable(igmp(Igmp.V2_REPORT, Octets.NONE), "the IGMP message is cut off");
        assertUnusable(mld(Mld.V1_REPORT, Octets.NONE), "the MLD message is cut off");
    }

    @Test
    void refusesAFrameThatEndsAnywhere() {
        Octets igmp = igmp(Igmp.V2_REPORT, new OctetWriter().ip(GROUP).toOctets());
        Octets mld = mld(Mld.V1_REPORT, new OctetWriter().u32(0).ip(IPV6_GROUP).toOctets());

        for (int length = 0; length < 46; length++) {
            assertThat(GuestReport.read(Arrays.copyOf(igmp.toArray(), length)))
                    .as("%d octets", length)
                    .isInstanceOf(Unusable.class);
        }
        for (int length = 0; length < mld.length(); length++) {
            assertThat(GuestReport.read(Arrays.copyOf(mld.toArray(), length)))
                    .as("%d octets", length)
                    .isInstanceOf(Unusable.class);
        }
    }
}

package io.plugboard.compiler.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of frame, octet by octet. */
class AnnouncedFramesTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final Ipv4Address IPV4 = Ipv4Address.parse("192.0.2.1");
    private static final Ipv6Address IPV6 = Ipv6Address.parse("2001:db8::1");
    private static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::1");
    private static final VlanId VLAN = new VlanId(100);
    private static final int SHORTEST = 60;
    private static final int MTU = 1500;
    private static final int ETHERNET_HEADER = 14;

    /** With zeros behind, as padding. */
    private static Octets padded(int length, String hex) {
        int digits = 2 * length - hex.replaceAll("\\s", "").length();
        return Octets.parse(hex + "0".repeat(digits));
    }

    private static List<Ipv4Address> ipv4Groups(int count) {
        int first = Ipv4Address.parse("239.1.0.1").bits();
        return IntStream.range(0, count)
                .mapToObj(index -> new Ipv4Address(first + index))
                .toList();
    }

    private static List<Ipv6Address> ipv6Groups(int count) {
        Ipv6Address first = Ipv6Address.parse("ff3e::8000:1");
        return IntStream.range(0, count)
                .mapToObj(index -> new Ipv6Address(first.high(), first.low() + index))
                .toList();
    }

    @Test
    void rarpIsARequestForTheSenderItself() {
        assertThat(Rarp.frame(MAC, VlanId.UNTAGGED)).isEqualTo(padded(SHORTEST, """
                ffffffffffff 525400aabbcc 8035
                0001 0800 06 04 0003
                525400aabbcc 00000000
                525400aabbcc 00000000
                """));
    }

    @Test
    void aTagComesOnTopOfTheShortestFrame() {
        assertThat(Rarp.frame(MAC, VLAN)).isEqualTo(padded(SHORTEST + 4, """
                ffffffffffff 525400aabbcc 8100 0064 8035
                0001 0800 06 04 0003
                525400aabbcc 00000000
                525400aabbcc 00000000
                """));
    }

    @Test
    void gratuitousArpIsARequestForTheSendersAddress() {
        assertThat(GratuitousArp.frame(MAC, IPV4, VLAN)).isEqualTo(padded(SHORTEST + 4, """
                ffffffffffff 525400aabbcc 8100 0064 0806
                0001 0800 06 04 0001
                525400aabbcc c0000201
                000000000000 c0000201
                """));
    }

    @Test
    void neighbourAdvertisementOverridesAtAllNodes() {
        assertThat(NeighbourAdvertisement.frame(MAC, IPV6, VlanId.UNTAGGED)).isEqualTo(Octets.parse("""
                333300000001 525400aabbcc 86dd
                60000000 0020 3a ff
                20010db8000000000000000000000001
                ff020000000000000000000000000001
                88 00 ec60 20000000
                20010db8000000000000000000000001
                02 01 525400aabbcc
                """));
    }

    @Test
    void igmpv3QueryIsAsEsxSendsIt() {
        assertThat(IgmpQuery.frame(AnnounceSettings.DEFAULT, VlanId.UNTAGGED)).isEqualTo(padded(SHORTEST, """
                01005e000001 025042000001 0800
                46c0 0024 0000 4000 01 02 0413 00000000 e0000001 94040000
                11 0a ec78 00000000 02 7d 0000
                """));
    }

    @Test
    void igmpv2QueryHasEightOctetsAndALinearTime() {
        AnnounceSettings settings = SettingsBuilder.settings()
                .igmpVersion(2)
                .igmpQuerySource("192.0.2.254")
                .maxResponse(Duration.ofMillis(25_500))
                .build();

        assertThat(IgmpQuery.frame(settings, VLAN)).isEqualTo(padded(SHORTEST + 4, """
                01005e000001 025042000001 8100 0064 0800
                46c0 0020 0000 4000 01 02 4118 c00002fe e0000001 94040000
                11 ff ee00 00000000
                """));
    }

    @Test
    void longTimesOfAnIgmpv3QueryAreFloatingPoint() {
        AnnounceSettings settings = SettingsBuilder.settings()
                .maxResponse(Duration.ofMillis(25_500))
                .robustness(7)
                .queryInterval(Duration.ofSeconds(31_744))
                .build();

        assertThat(IgmpQuery.frame(settings, VlanId.UNTAGGED)).isEqualTo(padded(SHORTEST, """
                01005e000001 025042000001 0800
                46c0 0024 0000 4000 01 02 0413 00000000 e0000001 94040000
                11 8f e671 00000000 07 ff 0000
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x00",
        "1, 0x01",
        "127, 0x7f",
        "128, 0x80",
        "135, 0x80",
        "136, 0x81",
        "248, 0x8f",
        "255, 0x8f",
        "256, 0x90",
        "271, 0x90",
        "272, 0x91",
        "31743, 0xfe",
        "31744, 0xff"
    })
    void aCodeIsTheLargestThatIsNotAbove(long value, String code) {
        assertThat(Querier.code(value)).isEqualTo(Integer.decode(code));
    }

    @Test
    void mldv2QueryHasARouterAlert() {
        assertThat(MldQuery.frame(AnnounceSettings.DEFAULT, VlanId.UNTAGGED)).isEqualTo(Octets.parse("""
                333300000001 025042000001 86dd
                60000000 0024 00 01
                fe80000000000000ffffffffffffffff
                ff020000000000000000000000000001
                3a 00 05020000 0100
                82 00 79bf 03e8 0000 00000000000000000000000000000000 02 7d 0000
                """));
    }

    @Test
    void mldv1QueryEndsWithItsGroup() {
        AnnounceSettings settings = SettingsBuilder.settings()
                .mldVersion(1)
                .maxResponse(Duration.ofMillis(25_500))
                .build();

        assertThat(MldQuery.frame(settings, VLAN)).isEqualTo(Octets.parse("""
                333300000001 025042000001 8100 0064 86dd
                60000000 0020 00 01
                fe80000000000000ffffffffffffffff
                ff020000000000000000000000000001
                3a 00 05020000 0100
                82 00 1c8c 639c 0000 00000000000000000000000000000000
                """));
    }

    @Test
    void igmpv2ReportGoesToItsGroup() {
        Ipv4Address group = Ipv4Address.parse("239.129.2.3");

        assertThat(IgmpReports.v2(MAC, IPV4, VlanId.UNTAGGED, List.of(group))).containsExactly(padded(SHORTEST, """
                01005e010203 525400aabbcc 0800
                46c0 0020 0000 4000 01 02 3092 c0000201 ef810203 94040000
                16 00 f87a ef810203
                """));
    }

    @Test
    void igmpv3ReportListsItsGroups() {
        assertThat(IgmpReports.v3(MAC, IPV4, VLAN, ipv4Groups(2))).containsExactly(Octets.parse("""
                01005e000016 525400aabbcc 8100 0064 0800
                46c0 0030 0000 4000 01 02 41f0 c0000201 e0000016 94040000
                22 00 fbf6 0000 0002 02 00 0000 ef010001 02 00 0000 ef010002
                """));
    }

    @Test
    void mldv1ReportGoesToItsGroup() {
        assertThat(MldReports.v1(MAC, LINK_LOCAL, VlanId.UNTAGGED, ipv6Groups(1)))
                .containsExactly(Octets.parse("""
                333380000001 525400aabbcc 86dd
                60000000 0020 00 01
                fe800000000000000000000000000001
                ff3e0000000000000000000080000001
                3a 00 05020000 0100
                83 00 7faa 0000 0000 ff3e0000000000000000000080000001
                """));
    }

    @Test
    void mldv2ReportListsItsGroups() {
        assertThat(MldReports.v2(MAC, LINK_LOCAL, VLAN, ipv6Groups(2))).containsExactly(Octets.parse("""
                333300000016 525400aabbcc 8100 0064 86dd
                60000000 0038 00 01
                fe800000000000000000000000000001
                ff020000000000000000000000000016
                3a 00 05020000 0100
                8f 00 7076 0000 0002
                02 00 0000 ff3e0000000000000000000080000001
                02 00 0000 ff3e0000000000000000000080000002
                """));
    }

    @Test
    void reportsFillAnMtuAndGoOnInTheNext() {
        List<Octets> igmp = IgmpReports.v3(MAC, IPV4, VlanId.UNTAGGED, ipv4Groups(IgmpReports.MOST_RECORDS + 1));
        List<Octets> mld = MldReports.v2(MAC, LINK_LOCAL, VlanId.UNTAGGED, ipv6Groups(MldReports.MOST_RECORDS + 1));

        assertThat(igmp).hasSize(2);
        assertThat(igmp.get(0).length()).isBetween(ETHERNET_HEADER + MTU - 7, ETHERNET_HEADER + MTU);
        assertThat(igmp.get(1).length()).isEqualTo(SHORTEST);
        assertThat(mld).hasSize(2);
        assertThat(mld.get(0).length()).isBetween(ETHERNET_HEADER + MTU - 19, ETHERNET_HEADER + MTU);
    }
}

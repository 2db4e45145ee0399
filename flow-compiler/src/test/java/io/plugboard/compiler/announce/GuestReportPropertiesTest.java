package io.plugboard.compiler.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.announce.GuestReport.Report;
import io.plugboard.compiler.announce.GuestReport.Unusable;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a guest sends, reading it ends, and says something that is so. */
class GuestReportPropertiesTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final Ipv4Address SOURCE = Ipv4Address.parse("192.0.2.1");
    private static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::1");

    private static Ipv4Address ipv4Group(long random) {
        return new Ipv4Address(0xef00_0000 | (int) random & 0xff_ffff);
    }

    private static Ipv6Address ipv6Group(long random) {
        return new Ipv6Address(0xff3e_0000_0000_0000L, random);
    }

    private static List<Octets> reports(long seed, VlanId tag) {
        Ipv4Address ipv4 = ipv4Group(seed);
        Ipv6Address ipv6 = ipv6Group(seed);
        List<Octets> reports = new ArrayList<>();
        reports.addAll(IgmpReports.v2(MAC, SOURCE, tag, List.of(ipv4)));
        reports.addAll(IgmpReports.v3(MAC, SOURCE, tag, List.of(ipv4, ipv4Group(seed + 1))));
        reports.addAll(MldReports.v1(MAC, LINK_LOCAL, tag, List.of(ipv6)));
        reports.addAll(MldReports.v2(MAC, LINK_LOCAL, tag, List.of(ipv6, ipv6Group(seed + 1))));
        return reports;
    }

    /** What it says is about groups, at most as many as there is room for in the frame. */
    private static void assertSound(GuestReport report, int length) {
        if (report instanceof Unusable unusable) {
            assertThat(unusable.reason())
                    .startsWith("The frame is no membership report: ")
                    .endsWith(".");
        } else if (report instanceof Report usable) {
            assertThat(usable.joined().size() + usable.left().size()).isLessThanOrEqualTo(length / 8);
            assertThat(usable.sourceSpecific()).allMatch(usable.joined()::contains);
            assertThat(usable.left()).noneMatch(usable.joined()::contains);
            assertThat(usable.joined()).allMatch(IpAddress::isMulticast);
            assertThat(usable.left()).allMatch(IpAddress::isMulticast);
        }
    }

    @Property(tries = 1000)
    void readsAnyOctets(@ForAll @Size(max = 200) byte[] frame) {
        assertSound(GuestReport.read(frame), frame.length);
    }

    @Property(tries = 1000)
    void readsAnythingBehindTheHeaders(@ForAll long seed, @ForAll @IntRange(max = 9000) int length) {
        byte[] behind = new byte[length];
        Random random = new Random(seed);
        random.nextBytes(behind);
        Octets igmp =
                Igmp.frame(MAC, SOURCE, Igmp.ALL_V3_ROUTERS, VlanId.UNTAGGED, Igmp.V3_REPORT, 0, Octets.of(behind));
        Octets mld = Mld.frame(MAC, LINK_LOCAL, Mld.ALL_V2_ROUTERS, VlanId.UNTAGGED, mldReport(behind));

        assertSound(GuestReport.read(igmp.toArray()), igmp.length());
        assertSound(GuestReport.read(mld.toArray()), mld.length());
    }

    private static Octets mldReport(byte[] behind) {
        byte[] message = new byte[4 + behind.length];
        message[0] = (byte) Mld.V2_REPORT;
        System.arraycopy(behind, 0, message, 4, behind.length);
        return Octets.of(message);
    }

    @Property(tries = 1000)
    void readsMutatedReports(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int mutations) {
        Random random = new Random(seed);
        for (Octets report : reports(seed, new VlanId(random.nextInt(VlanId.MAX + 1)))) {
            byte[] frame = report.toArray();
            for (int mutation = 0; mutation < mutations; mutation++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(frame, random.nextInt(2 * frame.length));

            assertSound(GuestReport.read(frame), frame.length);
            assertSound(GuestReport.read(cut), cut.length);
        }
    }

    @Property(tries = 20)
    void oneWrongBitBehindTheEthernetHeaderIsNoticed(@ForAll long seed) {
        for (Octets report : reports(seed, VlanId.UNTAGGED)) {
            GuestReport right = GuestReport.read(report.toArray());
            for (int bit = 14 * 8; bit < report.length() * 8; bit++) {
                byte[] frame = report.toArray();
                frame[bit / 8] ^= (byte) (1 << bit % 8);
                GuestReport read = GuestReport.read(frame);

                assertThat(read instanceof Unusable || read.equals(right))
                        .as("%s with bit %d flipped", report, bit)
                        .isTrue();
            }
        }
    }

    @Property(tries = 50)
    void readsWhatIsReportedInAGuestsName(
            @ForAll @Size(max = 300) Set<Long> numbers, @ForAll @IntRange(max = VlanId.MAX) int vlan) {
        VlanId tag = new VlanId(vlan);
        Set<Ipv4Address> ipv4 = new TreeSet<>();
        Set<Ipv6Address> ipv6 = new TreeSet<>();
        numbers.forEach(number -> {
            ipv4.add(ipv4Group(number));
            ipv6.add(ipv6Group(number));
        });

        assertThat(joined(IgmpReports.v3(MAC, SOURCE, tag, ipv4), tag)).isEqualTo(ipv4);
        assertThat(joined(IgmpReports.v2(MAC, SOURCE, tag, ipv4), tag)).isEqualTo(ipv4);
        assertThat(joined(MldReports.v2(MAC, LINK_LOCAL, tag, ipv6), tag)).isEqualTo(ipv6);
        assertThat(joined(MldReports.v1(MAC, LINK_LOCAL, tag, ipv6), tag)).isEqualTo(ipv6);
    }

    private static Set<IpAddress> joined(List<Octets> frames, VlanId tag) {
        Set<IpAddress> joined = new TreeSet<>();
        for (Octets frame : frames) {
            Report report = (Report) GuestReport.read(frame.toArray());
            assertThat(report.vlan()).isEqualTo(tag);
            joined.addAll(report.joined());
        }
        return joined;
    }
}

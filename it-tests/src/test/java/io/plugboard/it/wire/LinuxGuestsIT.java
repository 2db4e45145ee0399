package io.plugboard.it.wire;

import static io.plugboard.it.wire.GuestLab.Host.EAST;
import static io.plugboard.it.wire.GuestLab.Host.WEST;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.compiler.announce.GuestReport;
import io.plugboard.compiler.announce.MembershipVersion;
import io.plugboard.it.Events;
import io.plugboard.it.Eventually;
import io.plugboard.topology.model.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the network stacks of Linux make of the queries, and what the controller makes of their answers. */
@Timeout(120)
class LinuxGuestsIT {
    private static final String IPV4_GROUP = "239.1.2.3";
    private static final String IPV6_GROUP = "ff15::1:2:3";
    /** Of these no host ever reports that it is a member (RFC 3810, section 6). */
    private static final Set<String> UNREPORTED = Set.of("ff01::1", "ff02::1");

    private static final String PATIENT = "announce: {queries: 1}";
    private static final String NOT_ASKED = "announce: {queries: 0}";

    private static GuestLab lab;

    @BeforeAll
    static void start() {
        lab = new GuestLab();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    /**
     * A guest, by what matters of it.
     *
     * @param vlan of its port group, in YAML
     * @param devices that it is a member by, with the VLANs that they are in
     */
    private record Kind(
            String name,
            List<String> settings,
            String vlan,
            Map<String, Integer> devices,
            MembershipVersion igmp,
            MembershipVersion mld) {

        static Kind of(String name, String vlan, Map<String, Integer> devices, String... settings) {
            List<String> all = List.of(settings);
            return new Kind(
                    name,
                    all,
                    vlan,
                    devices,
                    all.contains("net.ipv4.conf.all.force_igmp_version=2")
                            ? MembershipVersion.IGMP_V2
                            : MembershipVersion.IGMP_V3,
                    all.contains("net.ipv6.conf.all.force_mld_version=1")
                            ? MembershipVersion.MLD_V1
                            : MembershipVersion.MLD_V2);
        }

        /** As the vNIC's lines in YAML; the address tells in which VLANs a trunk is announced. */
        String addresses() {
            List<String> all = new ArrayList<>();
            devices.values().forEach(id -> all.add("{ip: " + address(id) + ", vlan: " + id + "}"));
            return "addresses: " + all;
        }

        static String address(int vlan) {
            return "192.0.2." + (vlan + 1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        Map<String, Integer> access = Map.of("eth0", 100);
        String red = "{mode: access, id: 100}";
        return Stream.of(
                Kind.of("igmp3-mld2", red, access),
                Kind.of("igmp2", red, access, "net.ipv4.conf.all.force_igmp_version=2"),
                Kind.of("mld1", red, access, "net.ipv6.conf.all.force_mld_version=1"),
                Kind.of("rp-filter", red, access, "net.ipv4.conf.all.rp_filter=1"),
                Kind.of("untagged", "{mode: untagged}", Map.of("eth0", 0)),
                Kind.of("trunk", "{mode: trunk, ids: ['10', '20']}", Map.of("eth0.10", 10, "eth0.20", 20)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersAfterAMigrationAndIsReportedForAfterTheNext(Kind kind) {
        GuestMachine guest = member(kind);
        lab.portGroup(kind.name(), "vlan: " + kind.vlan(), PATIENT);
        lab.plug(guest, WEST, kind.name(), kind.addresses());
        kind.devices().keySet().forEach(device -> {
            guest.does("join " + IPV4_GROUP + " " + device);
            guest.does("join " + IPV6_GROUP + " " + device);
        });
        // By MLDv1 the second time may be ten seconds later, unless it is asked before.
        awaitUnsolicitedReports(
                guest,
                kind,
                kind.mld() == MembershipVersion.MLD_V2 ? Set.of(IPV4_GROUP, IPV6_GROUP) : Set.of(IPV4_GROUP));

        lab.plug(guest, EAST, kind.name(), kind.addresses());
        kind.devices().forEach((device, vlan) -> {
            awaitAnswer(guest, "igmpQuery", vlan, Set.of(IPV4_GROUP));
            awaitAnswer(guest, "mldQuery", vlan, ipv6Groups(guest, device));
        });

        lab.reportFilter(guest, kind.devices().keySet());
        lab.portGroup(kind.name(), "vlan: " + kind.vlan(), NOT_ASKED);
        lab.takeFromWire(WEST);
        lab.plug(guest, WEST, kind.name(), kind.addresses());
        List<GuestReport.Report> reports = reportsUntilLastRound(guest);

        kind.devices().forEach((device, vlan) -> {
            assertThat(groups(reports, kind.igmp(), vlan)).containsExactly(IPV4_GROUP);
            assertThat(groups(reports, kind.mld(), vlan))
                    .containsExactlyInAnyOrderElementsOf(ipv6Groups(guest, device));
        });
        assertThat(reports).extracting(GuestReport.Report::version).containsOnly(kind.igmp(), kind.mld());
    }

    @Test
    void answersOnRequest() {
        Kind kind = Kind.of("on-request", "{mode: access, id: 100}", Map.of("eth0", 100));
        GuestMachine guest = member(kind);
        lab.portGroup(kind.name(), "vlan: " + kind.vlan());
        lab.plug(guest, WEST, kind.name());
        guest.does("join " + IPV4_GROUP + " eth0");

        lab.rest().post("/vnics/on-request/announce", "").ok();

        lab.awaitAnnouncement(guest, WEST, record -> groups(record).equals(Set.of(IPV4_GROUP)));
        Set<String> expected = ipv6Groups(guest, "eth0");
        lab.awaitAnnouncement(guest, WEST, record -> groups(record).equals(expected));
    }

    @Test
    void isNotReportedForWhenItHasLeft() {
        Kind kind =
                Kind.of("leaver", "{mode: access, id: 100}", Map.of("eth0", 100), "net.ipv6.conf.all.disable_ipv6=1");
        String other = "239.4.5.6";
        GuestMachine guest = member(kind);
        lab.portGroup(kind.name(), "vlan: " + kind.vlan(), PATIENT);
        lab.plug(guest, WEST, kind.name());
        guest.does("join " + IPV4_GROUP + " eth0");
        guest.does("join " + other + " eth0");
        awaitUnsolicitedReports(guest, kind, Set.of(IPV4_GROUP, other));
        lab.plug(guest, EAST, kind.name());
        awaitAnswer(guest, "igmpQuery", 100, Set.of(IPV4_GROUP, other));

        guest.does("leave " + other + " eth0");
        Eventually.get(() -> guest.does("filter eth0"), macs -> !macs.contains("01:00:5e:04:05:06"));
        lab.reportFilter(guest, List.of("eth0"));
        lab.plug(guest, WEST, kind.name());

        JsonNode reported = lab.awaitAnnouncement(
                guest, WEST, record -> record.path("kind").asText().equals("igmpReport"));
        assertThat(strings(read(reported).joined())).containsExactly(IPV4_GROUP);
        JsonNode query = lab.awaitAnnouncement(guest, WEST, record -> record.has("answeredAfterMs"));
        assertThat(groups(query)).containsExactly(IPV4_GROUP);
    }

    @Test
    void isToldToBeSilentWhereItMayHaveHadMemberships() {
        String announce = "announce: {queries: 1, maxResponseMs: 100}";
        GuestMachine guest = lab.machine("silent", Namespace.WITHOUT_IPV6);
        lab.portGroup("silent", "vlan: {mode: access, id: 100}", announce);
        lab.plug(guest, WEST, "silent");

        try (Events events = lab.rest().events()) {
            lab.plug(guest, EAST, "silent");
            assertThat(silences(events, 2)).containsExactlyInAnyOrder("igmpQuery", "mldQuery");
            assertThat(kinds(guest, EAST))
                    .containsSubsequence("igmpQuery", "igmpQuery")
                    .doesNotContain("igmpReport");

            String filter = "{\"mac\": \"" + guest.mac() + "\", \"multicast\": [\"33:33:00:00:00:05\"]}";
            lab.rest().put("/vnics/silent/rx-filter", filter).ok();
            lab.plug(guest, WEST, "silent");
            assertThat(silences(events, 1)).containsExactly("mldQuery");
            assertThat(kinds(guest, WEST)).doesNotContain("igmpQuery");
        }
    }

    private static List<String> silences(Events events, int count) {
        return Stream.generate(() -> events.await("silent", "/vnics/silent"))
                .limit(count)
                .map(data -> data.path("kind").asText())
                .toList();
    }

    private static List<String> kinds(GuestMachine guest, GuestLab.Host host) {
        return lab.announcements(guest, host).stream()
                .map(record -> record.path("kind").asText())
                .toList();
    }

    private static GuestMachine member(Kind kind) {
        GuestMachine guest = lab.machine(kind.name(), kind.settings());
        if (!kind.devices().containsKey(GuestMachine.CARD)) {
            guest.subinterfaces(kind.devices());
        }
        kind.devices().forEach((device, vlan) -> guest.ip("addr add " + Kind.address(vlan) + "/24 dev " + device));
        return guest;
    }

    /** It says of itself twice that it has joined these groups. */
    private static void awaitUnsolicitedReports(GuestMachine guest, Kind kind, Set<String> groups) {
        List<GuestReport.Report> seen = new ArrayList<>();
        Eventually.get(
                () -> {
                    seen.addAll(reportsOf(guest, lab.takeFromWire(WEST)));
                    return seen;
                },
                reports -> kind.devices().values().stream()
                        .allMatch(vlan -> groups.stream().allMatch(group -> isSaidTwice(reports, vlan, group))));
    }

    private static boolean isSaidTwice(List<GuestReport.Report> reports, int vlan, String group) {
        return reports.stream()
                        .filter(report -> report.vlan().value() == vlan
                                && strings(report.joined()).contains(group))
                        .count()
                >= 2;
    }

    private static void awaitAnswer(GuestMachine guest, String kind, int vlan, Set<String> expected) {
        JsonNode answer = lab.awaitAnnouncement(
                guest,
                EAST,
                record -> record.path("kind").asText().equals(kind)
                        && record.path("vlan").asInt() == vlan
                        && groups(record).equals(expected));
        System.out.printf(
                "%-12s %-9s VLAN %3d: answered after %4d ms, %s%n",
                guest.port(), kind, vlan, answer.path("answeredAfterMs").asInt(), expected);
    }

    /** What is reported on the wire to the west until the vNIC has been announced for the last time. */
    private static List<GuestReport.Report> reportsUntilLastRound(GuestMachine guest) {
        lab.awaitAnnouncement(
                guest,
                WEST,
                record -> record.path("occasion").asText().equals("migration")
                        && record.path("kind").asText().equals("rarp")
                        && record.path("round").asInt() == 5);
        return reportsOf(guest, lab.takeFromWire(WEST));
    }

    private static String source(byte[] frame) {
        return Stream.of(6, 7, 8, 9, 10, 11)
                .map(index -> String.format("%02x", frame[index]))
                .collect(joining(":"));
    }

    /** Those in its name: other guests are members of the same group. */
    private static List<GuestReport.Report> reportsOf(GuestMachine guest, List<byte[]> frames) {
        return frames.stream()
                .filter(frame -> guest.mac().equals(source(frame)))
                .map(GuestReport::read)
                .filter(GuestReport.Report.class::isInstance)
                .map(GuestReport.Report.class::cast)
                .toList();
    }

    private static GuestReport.Report read(JsonNode announcement) {
        return (GuestReport.Report) GuestReport.read(
                HexFormat.of().parseHex(announcement.path("frame").asText()));
    }

    /** All that these reports say in this VLAN and version, as often as they say it. */
    private static List<String> groups(List<GuestReport.Report> reports, MembershipVersion version, int vlan) {
        return reports.stream()
                .filter(report -> report.version() == version && report.vlan().value() == vlan)
                .flatMap(report -> strings(report.joined()).stream())
                .toList();
    }

    private static Set<String> groups(JsonNode query) {
        return StreamSupport.stream(query.path("groups").spliterator(), false)
                .map(JsonNode::asText)
                .collect(toSet());
    }

    private static Set<String> strings(Set<IpAddress> groups) {
        return groups.stream().map(IpAddress::toString).collect(toCollection(TreeSet::new));
    }

    /** Those that its kernel says it is a member of, and reports. */
    private static Set<String> ipv6Groups(GuestMachine guest, String device) {
        Set<String> groups =
                new HashSet<>(Arrays.asList(guest.does("groups " + device).split(" ")));
        groups.removeAll(UNREPORTED);
        return groups;
    }
}

package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.AnnouncementPlan;
import io.plugboard.compiler.announce.AnnouncementSubject;
import io.plugboard.compiler.announce.Emission;
import io.plugboard.compiler.announce.KnownGroup;
import io.plugboard.compiler.announce.MembershipVersion;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.announce.Towards;
import io.plugboard.controller.announce.CaptureRing;
import io.plugboard.controller.announce.CapturedFrame;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of frame that the controller emits, as Wireshark sees it. */
class EmittedCaptureIT {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final VlanId VLAN = new VlanId(100);
    private static final VlanMode TRUNK = new VlanMode.Trunk(VlanSet.parse(List.of("0-4094")));

    /** What a checksum's status is when it is right. */
    private static final String GOOD = "1";

    /** The severity that Wireshark gives to the comment of a frame, which is no complaint. */
    private static final String COMMENT = "1048576";

    private final List<Emission> emissions = new ArrayList<>();
    private final CaptureRing ring = new CaptureRing();

    @TempDir
    Path directory;

    @BeforeEach
    void emitEveryKindOfFrame() {
        for (VlanMode vlan : List.of(new VlanMode.Untagged(), new VlanMode.Access(VLAN), TRUNK)) {
            emissions.addAll(plan(vlan, AnnounceSettings.DEFAULT));
            emissions.addAll(plan(vlan, older()));
        }
        for (Emission emission : emissions) {
            ring.add(new CapturedFrame(
                    START.plus(emission.offset()), interfaceName(emission), emission.frame(), reason(emission)));
        }
    }

    private static String interfaceName(Emission emission) {
        return emission.towards() == Towards.GUEST ? "tap0" : "eth0";
    }

    private static String reason(Emission emission) {
        return emission.kind().word() + " of web-1 in VLAN " + emission.vlan() + ", round " + emission.round();
    }

    /** Version 2 of IGMP and 1 of MLD, and times that IGMPv3 would have to say in floating point. */
    private static AnnounceSettings older() {
        AnnouncePolicy none = AnnouncePolicy.INHERITED;
        return new AnnouncePolicy(
                        Optional.of(1),
                        none.initial(),
                        none.step(),
                        none.max(),
                        none.queries(),
                        none.querySpacing(),
                        Optional.of(2),
                        Optional.of(Ipv4Address.parse("192.0.2.254")),
                        Optional.of(1),
                        none.mldQuerySource(),
                        Optional.of(Duration.ofMillis(25_500)),
                        none.robustness(),
                        none.queryInterval(),
                        none.reportKnownGroups())
                .settings();
    }

    private static List<Emission> plan(VlanMode vlan, AnnounceSettings settings) {
        VlanId segment = vlan.vlans().contains(VLAN) ? VLAN : VlanId.UNTAGGED;
        AnnouncementSubject subject = new AnnouncementSubject(
                MAC,
                vlan,
                new TreeSet<>(List.of(
                        new VnicAddress(IpAddress.parse("192.0.2.1")),
                        new VnicAddress(IpAddress.parse("192.0.2.2"), Optional.of(VLAN)),
                        new VnicAddress(IpAddress.parse("fe80::1")),
                        new VnicAddress(IpAddress.parse("2001:db8::1"), Optional.of(VLAN)))),
                Optional.empty(),
                true,
                Set.of(),
                knownGroups(segment),
                true);
        return AnnouncementPlan.of(subject, Occasion.MIGRATION, settings).emissions();
    }

    /** In every version, and of the newer ones more than there is room for in one report. */
    private static TreeSet<KnownGroup> knownGroups(VlanId vlan) {
        TreeSet<KnownGroup> groups = new TreeSet<>();
        for (MembershipVersion version : MembershipVersion.values()) {
            boolean isNewest = version == MembershipVersion.IGMP_V3 || version == MembershipVersion.MLD_V2;
            IntStream.range(0, isNewest ? 200 : 2)
                    .mapToObj(index -> version.isIgmp()
                            ? new KnownGroup(vlan, ipv4Group(index), version, Ipv4Address.UNSPECIFIED)
                            : new KnownGroup(vlan, ipv6Group(index), version, Ipv6Address.parse("fe80::2")))
                    .forEach(groups::add);
        }
        return groups;
    }

    private static Ipv4Address ipv4Group(int index) {
        return new Ipv4Address(Ipv4Address.parse("239.1.2.0").bits() + index);
    }

    private static Ipv6Address ipv6Group(int index) {
        return new Ipv6Address(0xff3e_0000_0000_0000L, 0x8000_0000L + index);
    }

    private Path capture() throws IOException {
        Path file = directory.resolve("emitted.pcapng");
        try (OutputStream out = Files.newOutputStream(file)) {
            ring.writeTo(out);
        }
        return file;
    }

    /** What it prints; the test fails with what it complains of. */
    private String run(String... command) throws IOException, InterruptedException {
        Path complaints = directory.resolve("complaints");
        Process process = new ProcessBuilder(command)
                .redirectError(Redirect.to(complaints.toFile()))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(complaints)).isZero();
        return printed;
    }

    /** One line a frame, and in it the values of the fields, with a comma between those of one field. */
    private List<List<String>> fields(String... names) throws IOException, InterruptedException {
        Stream<String> command = Stream.of(
                "tshark",
                "-r",
                capture().toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-T",
                "fields",
                "-E",
                "separator=|");
        String printed = run(Stream.concat(command, Stream.of(names).flatMap(name -> Stream.of("-e", name)))
                .toArray(String[]::new));
        return printed.lines().map(line -> List.of(line.split("\\|", -1))).toList();
    }

    @Test
    void everyKindIsThere() {
        assertThat(emissions).extracting(Emission::kind).containsAll(EnumSet.allOf(AnnouncementKind.class));
    }

    @Test
    void capinfosReadsTheFile() throws IOException, InterruptedException {
        assertThat(run("capinfos", capture().toString()))
                .contains("pcapng", "Plugboard", "OpenFlow 1.3 switches", "What the controller sent")
                .containsPattern("Number of packets:\\s+" + emissions.size() + "\n")
                .containsPattern("Number of interfaces in file:\\s+2\n")
                .contains("Name = eth0", "Name = tap0", "Time precision = nanoseconds (9)");
    }

    @Test
    void tsharkShowsWhenWhereAndWhyEachFrameWasSent() throws IOException, InterruptedException {
        List<List<String>> expected = emissions.stream()
                .map(emission -> {
                    Instant time = START.plus(emission.offset());
                    return List.of(
                            time.getEpochSecond() + "." + String.format("%09d", time.getNano()),
                            interfaceName(emission),
                            reason(emission));
                })
                .toList();

        assertThat(fields("frame.time_epoch", "frame.interface_name", "frame.comment"))
                .isEqualTo(expected);
    }

    @Test
    void tsharkFindsNothingWrongWithAnyFrame() throws IOException, InterruptedException {
        List<List<String>> severities = fields("_ws.expert.severity", "_ws.expert.message");

        assertThat(severities).hasSameSizeAs(emissions);
        assertThat(severities).allSatisfy(found -> assertThat(found.get(0)).isEqualTo(COMMENT));
    }

    @Test
    void tsharkFindsEveryChecksumRight() throws IOException, InterruptedException {
        List<List<String>> statuses = fields("ip.checksum.status", "igmp.checksum.status", "icmpv6.checksum.status");

        for (int index = 0; index < emissions.size(); index++) {
            Emission emission = emissions.get(index);
            List<String> expected = switch (emission.kind()) {
                case RARP, GRATUITOUS_ARP -> List.of("", "", "");
                case IGMP_QUERY, IGMP_REPORT -> List.of(GOOD, GOOD, "");
                case NEIGHBOUR_ADVERTISEMENT, MLD_QUERY, MLD_REPORT -> List.of("", "", GOOD);
            };
            assertThat(statuses.get(index)).as(reason(emission)).isEqualTo(expected);
        }
    }

    @Test
    void tsharkKnowsEachKind() throws IOException, InterruptedException {
        List<List<String>> seen = fields("_ws.col.Protocol");

        for (int index = 0; index < emissions.size(); index++) {
            List<String> known = switch (emissions.get(index).kind()) {
                case RARP -> List.of("RARP");
                case GRATUITOUS_ARP -> List.of("ARP");
                case NEIGHBOUR_ADVERTISEMENT, MLD_QUERY, MLD_REPORT -> List.of("ICMPv6");
                case IGMP_QUERY, IGMP_REPORT -> List.of("IGMPv2", "IGMPv3");
            };
            assertThat(known)
                    .as(reason(emissions.get(index)))
                    .contains(seen.get(index).get(0));
        }
    }
}

package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.AnnouncementPlan;
import io.plugboard.compiler.announce.AnnouncementSubject;
import io.plugboard.compiler.announce.KnownGroup;
import io.plugboard.compiler.announce.MembershipVersion;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.reconcile.BridgeReconciler;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final DatapathId ELSEWHERE = new DatapathId(0xa2);
    private static final PortGroupName RED = new PortGroupName("red");
    private static final int UPLINK = 1;
    private static final int OTHER_UPLINK = 2;
    private static final int FIRST_PORT = 10;
    private static final Duration ALL = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private final Heard heard = new Heard();
    private final Map<DatapathId, Long> marks = new TreeMap<>();
    private final Map<VnicId, Placement> settled = new TreeMap<>();
    private Announcer announcer = announcer(Map.of());
    private FakeSwitch ovs = new FakeSwitch(HERE);
    private Topology topology = Topology.EMPTY;
    private BridgeReconciler reconciler = reconciler();

    /** What listeners are told. */
    private static final class Heard implements AnnouncementListener {
        private final List<AnnouncementRecord> sent = new ArrayList<>();
        private final List<AnnouncementRecord> answered = new ArrayList<>();
        private final List<String> silent = new ArrayList<>();
        private final List<String> abandoned = new ArrayList<>();
        private final List<String> unusable = new ArrayList<>();

        @Override
        public void sent(AnnouncementRecord record) {
            sent.add(record);
        }

        @Override
        public void answered(AnnouncementRecord query) {
            answered.add(query);
        }

        @Override
        public void silent(VnicId vnic, AnnouncementKind query) {
            silent.add(vnic + " " + query.word());
        }

        @Override
        public void abandoned(VnicId vnic, String why) {
            abandoned.add(vnic + ": " + why);
        }

        @Override
        public void unusable(VnicId vnic, String why) {
            unusable.add(vnic + ": " + why);
        }
    }

    private Announcer announcer(Map<DatapathId, Long> announcedUpTo) {
        Aftermath aftermath = new Aftermath() {
            @Override
            public void formerUplinksLeft(Map<VnicId, Placement> vnics) {
                settled.putAll(vnics);
            }

            @Override
            public void announcedUpTo(DatapathId bridge, long revision) {
                marks.put(bridge, revision);
            }
        };
        return new Announcer(
                1000,
                AnnouncePolicy.INHERITED,
                announcedUpTo,
                heard,
                aftermath,
                Runnable::run,
                time,
                time::now,
                Clock.systemUTC());
    }

    private BridgeReconciler reconciler() {
        return new BridgeReconciler(
                HERE,
                topology,
                MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor()),
                time,
                state -> {},
                announcer.of(HERE));
    }

    private void apply(TopologyChange... changes) {
        try {
            Topology.Applied applied = topology.apply(List.of(changes));
            topology = applied.topology();
            reconciler.topologyChanged(topology, applied.touched());
        } catch (ChangeRejected rejected) {
            throw new AssertionError(rejected);
        }
    }

    private void connect() {
        List<Observed.Port> ports = new ArrayList<>();
        ports.add(new Observed.Port(UPLINK, "up1", new MacAddress(1), true));
        ports.add(new Observed.Port(OTHER_UPLINK, "up2", new MacAddress(2), true));
        for (int number = 0; number < 300; number++) {
            ports.add(new Observed.Port(FIRST_PORT + number, "tap" + number, new MacAddress(100 + number), true));
        }
        reconciler.connected(ovs, Observed.of(ports));
    }

    private void begin() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))),
                new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1"))));
        connect();
    }

    private static Vnic vnic(int number, DatapathId bridge) {
        return new Vnic(
                id(number),
                new Place(bridge, new PortRef.ByName("tap" + number)),
                new MacAddress(0x5254_0000_0000L + number),
                RED,
                Vnic.Source.REST);
    }

    private static VnicId id(int number) {
        return new VnicId("web-" + number);
    }

    private static TopologyChange attached(int number, DatapathId bridge) {
        return new TopologyChange.VnicAttached(vnic(number, bridge));
    }

    /** A vNIC that has come from another bridge, whose place there is closed. */
    private void migrate(int number) {
        apply(attached(number, ELSEWHERE));
        apply(attached(number, HERE));
        apply(new TopologyChange.PlaceLeft(id(number), vnic(number, ELSEWHERE).place()));
    }

    private List<String> kinds() {
        return heard.sent.stream()
                .map(record -> record.kind().word() + " " + record.round())
                .toList();
    }

    private long count(AnnouncementKind kind) {
        return heard.sent.stream().filter(record -> record.kind() == kind).count();
    }

    private static PacketIn copy(int slot, Octets frame) {
        Cookie cookie = Cookie.of(Rule.FORWARD_REPORT_COPY, new Owner.OfVnic(slot));
        return new PacketIn(FIRST_PORT, Rule.FORWARD_REPORT_COPY.table().id(), cookie.bits(), frame);
    }

    @Test
    void tellsSwitchesOfAFirstAttachInQemusRoundsAndAsksNobody() {
        begin();
        apply(attached(0, HERE));
        assertThat(kinds()).containsExactly("rarp 1");

        time.pass(Duration.ofMillis(49));
        assertThat(kinds()).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(kinds()).hasSize(2);
        time.pass(ALL);

        assertThat(kinds()).containsExactly("rarp 1", "rarp 2", "rarp 3", "rarp 4", "rarp 5");
        assertThat(ovs.emitted).allSatisfy(packet -> assertThat(packet.port()).isEqualTo(UPLINK));
        assertThat(heard.sent).allSatisfy(record -> {
            assertThat(record.occasion()).isEqualTo(Occasion.FIRST_ATTACH);
            assertThat(record.port()).isEqualTo("up1");
            assertThat(record.vlan()).isEqualTo(new VlanId(100));
        });
    }

    @Test
    void saysNothingBeforeTheSwitchHasConfirmed() {
        begin();
        ovs.answersAtOnce = false;
        apply(attached(0, HERE));
        time.pass(ALL);
        assertThat(ovs.emitted).isEmpty();

        ovs.answer();
        ovs.answer();
        assertThat(kinds()).containsExactly("rarp 1");
    }

    @Test
    void asksAMigratedGuestByItsOwnPortOnlyOnceCopiesOfItsAnswersAreSureToCome() {
        begin();
        migrate(0);

        assertThat(count(AnnouncementKind.IGMP_QUERY)).isEqualTo(1);
        assertThat(ovs.flows.keySet()).anyMatch(key -> key.toString().contains("nw_proto=2"));
        heard.sent.stream()
                .filter(record -> record.kind().isQuery())
                .forEach(record -> assertThat(record.port()).isEqualTo("tap0"));
        assertThat(ovs.emitted.stream().filter(packet -> packet.port() == FIRST_PORT))
                .hasSize(2);
    }

    @Test
    void waitsForThePlaceThatWasLeftToBeClosed() {
        begin();
        apply(attached(0, ELSEWHERE));
        apply(attached(0, HERE));
        time.pass(ALL);
        assertThat(ovs.emitted).isEmpty();

        apply(new TopologyChange.PlaceLeft(id(0), vnic(0, ELSEWHERE).place()));
        assertThat(kinds()).contains("rarp 1", "igmpQuery 1", "mldQuery 1");
    }

    @Test
    void asksASilentGuestAgainAndThenReportsIt() {
        begin();
        migrate(0);
        time.pass(ALL);

        assertThat(count(AnnouncementKind.IGMP_QUERY)).isEqualTo(4);
        assertThat(heard.silent).containsExactly("web-0 igmpQuery", "web-0 mldQuery");
        assertThat(ovs.flows.values())
                .noneMatch(flow -> new Cookie(flow.cookie()).rule().equals(Optional.of(Rule.FORWARD_REPORT_COPY)));
    }

    @Test
    void notesWhoAnsweredWithWhichGroupsAndAfterHowLong() {
        begin();
        migrate(0);
        time.pass(Duration.ofMillis(120));
        announcer.packetIn(HERE, copy(0, report("239.1.2.3")));

        assertThat(heard.answered).hasSize(1);
        AnnouncementRecord.Answer answer = heard.answered.get(0).answer().orElseThrow();
        assertThat(answer.after()).isEqualTo(Duration.ofMillis(120));
        assertThat(answer.groups()).extracting(Object::toString).containsExactly("239.1.2.3");
        assertThat(announcer.log().records(id(0)).stream()
                        .filter(record -> record.answer().isPresent()))
                .hasSize(1);
        time.pass(ALL);
        assertThat(heard.silent).containsExactly("web-0 mldQuery");
    }

    @Test
    void reportsGroupsThatAreKnownInTheGuestsNameAfterItsNextMigration() {
        begin();
        apply(attached(0, ELSEWHERE));
        RxFilter exact = RxFilter.exact(vnic(0, HERE).mac(), List.of(MacAddress.parse("01:00:5e:01:02:03")));
        apply(new TopologyChange.RxFilterReported(id(0), Optional.of(exact)), attached(0, HERE));
        apply(new TopologyChange.PlaceLeft(id(0), vnic(0, ELSEWHERE).place()));
        announcer.packetIn(HERE, copy(0, report("239.1.2.3")));
        time.pass(ALL);
        heard.sent.clear();

        migrate(0);

        assertThat(heard.sent)
                .filteredOn(record -> record.kind() == AnnouncementKind.IGMP_REPORT)
                .singleElement()
                .satisfies(record -> assertThat(record.port()).isEqualTo("up1"));
    }

    @Test
    void readsNothingOfAGuestThatWasNotAsked() {
        begin();
        apply(attached(0, HERE));
        announcer.packetIn(HERE, copy(0, report("239.1.2.3")));
        announcer.packetIn(HERE, copy(77, report("239.1.2.3")));

        assertThat(heard.answered).isEmpty();
    }

    @Test
    void survivesWhateverAGuestReports() {
        begin();
        migrate(0);
        announcer.packetIn(HERE, copy(0, Octets.parse("")));
        announcer.packetIn(HERE, copy(0, Octets.parse("01005e0000165254000000000800")));

        assertThat(heard.unusable).hasSize(2);
        assertThat(heard.answered).isEmpty();
    }

    @Test
    void stopsListeningToAGuestThatNeverStops() {
        begin();
        migrate(0);
        for (int sent = 0; sent < 10_000; sent++) {
            announcer.packetIn(HERE, copy(0, Octets.parse("01005e0000165254000000000800")));
        }

        assertThat(heard.unusable).hasSizeLessThan(5_000).last().asString().contains("not read");
        assertThat(copyFlows()).isEmpty();
        time.pass(ALL);
        assertThat(count(AnnouncementKind.IGMP_QUERY)).isEqualTo(2);
        assertThat(heard.silent).isEmpty();
    }

    @Test
    void asksOnceWhereNoCopiesCanBeLimitedAndCallsNobodySilent() {
        SwitchProfile profile = ovs.profile();
        ovs.profile = new SwitchProfile(
                profile.tables(),
                profile.metadata(),
                profile.allGroups(),
                profile.groupChaining(),
                profile.bundles(),
                false);
        begin();
        migrate(0);
        assertThat(copyFlows()).isEmpty();
        time.pass(ALL);

        assertThat(count(AnnouncementKind.IGMP_QUERY)).isEqualTo(2);
        assertThat(heard.silent).isEmpty();
    }

    private List<Rule> copyFlows() {
        return ovs.flows.values().stream()
                .flatMap(flow -> new Cookie(flow.cookie()).rule().stream())
                .filter(Rule.FORWARD_REPORT_COPY::equals)
                .toList();
    }

    @Test
    void endsAnAnnouncementOfAVnicThatHasMovedAgain() {
        begin();
        migrate(0);
        apply(attached(0, ELSEWHERE));
        apply(new TopologyChange.PlaceLeft(id(0), vnic(0, HERE).place()));
        int before = ovs.emitted.size();
        time.pass(ALL);

        assertThat(ovs.emitted).hasSize(before);
        assertThat(heard.abandoned).containsExactly("web-0: it is no longer on bridge " + HERE);
        assertThat(heard.silent).isEmpty();
    }

    @Test
    void goesOnWithWhatALostSessionHasLeftUndone() {
        begin();
        migrate(0);
        reconciler.disconnected(ovs, "test");
        heard.sent.clear();
        time.pass(ALL);
        assertThat(heard.sent).isEmpty();

        connect();

        assertThat(kinds()).contains("rarp 1", "igmpQuery 1");
    }

    @Test
    void saysNothingAnewWhenASwitchReconnects() {
        begin();
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();
        reconciler.disconnected(ovs, "test");
        connect();
        time.pass(ALL);

        assertThat(heard.sent).isEmpty();
    }

    @Test
    void tellsTheNextProcessWhatNeedNotBeAnnouncedAgain() {
        begin();
        apply(attached(0, HERE));
        apply(attached(1, HERE));
        time.pass(Duration.ofMillis(500));
        assertThat(marks.getOrDefault(HERE, 0L)).isLessThan(2);
        time.pass(ALL);
        assertThat(marks.get(HERE)).isEqualTo(topology.revision());

        apply(attached(2, HERE));
        restart();

        assertThat(heard.sent).extracting(AnnouncementRecord::vnic).containsOnly(id(2));
    }

    private void restart() {
        heard.sent.clear();
        ovs = new FakeSwitch(HERE);
        announcer = announcer(Map.copyOf(marks));
        reconciler = reconciler();
        connect();
    }

    @Test
    void keepsToItsPaceAndItsOrderInAStorm() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))),
                new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1"))));
        List<TopologyChange> all = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            all.add(attached(number, HERE));
        }
        apply(all.toArray(TopologyChange[]::new));
        connect();

        time.pass(Duration.ofMillis(100));
        assertThat(ovs.emitted).hasSizeBetween(100, 125);
        assertThat(heard.sent).extracting(AnnouncementRecord::round).containsOnly(1);
        time.pass(Duration.ofMillis(900));
        assertThat(ovs.emitted).hasSizeBetween(950, 1000);
        time.pass(ALL);
        assertThat(ovs.emitted).hasSize(1000);
        assertThat(heard.sent.stream().filter(record -> record.round() == 1).map(AnnouncementRecord::vnic))
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void announcesTheNewestOfAGuestsManyMacsAndNotEachOfThem() {
        begin();
        apply(new TopologyChange.PortGroupPut(topology.portGroup(RED)
                .orElseThrow()
                .portGroup()
                .withSecurity(new SecurityPolicy(Optional.empty(), Optional.of(Setting.ACCEPT), Optional.empty()))));
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();
        for (int flip = 1; flip <= 50; flip++) {
            RxFilter filter = RxFilter.exact(new MacAddress(0x0200_0000_0000L + flip), List.of());
            apply(new TopologyChange.RxFilterReported(id(0), Optional.of(filter)));
            time.pass(Duration.ofMillis(1));
        }
        time.pass(ALL);

        assertThat(heard.sent).hasSizeLessThan(10);
        assertThat(heard.sent.get(heard.sent.size() - 1).frame().toString()).contains("020000000032");
    }

    @Test
    void leavesTheFormerUplinkASecondAfterTheSwitchesWereTold() {
        begin();
        apply(attached(0, HERE), attached(1, HERE));
        time.pass(ALL);
        apply(new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1", "up2"))));
        time.pass(Duration.ofMillis(999));
        assertThat(settled).isEmpty();
        time.pass(Duration.ofMillis(2));

        assertThat(settled).hasSize(1);
        assertThat(settled.values()).first().extracting(Placement::cause).isEqualTo(Placement.Cause.REPINNED);
    }

    @Test
    void saysNothingWherePolicyWantsSwitchesNotNotified() {
        begin();
        apply(new TopologyChange.PortGroupPut(
                topology.portGroup(RED).orElseThrow().portGroup().withNotifySwitches(false)));
        migrate(0);
        time.pass(ALL);

        assertThat(ovs.emitted).isEmpty();
        assertThat(marks.get(HERE)).isEqualTo(topology.revision());
        assertThat(announcer.announce(topology, id(0)).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void announcesOnRequestAsAfterAMigration() {
        begin();
        apply(attached(0, HERE));
        time.pass(ALL);
        heard.sent.clear();

        assertThat(announcer
                        .announce(topology, id(0))
                        .toCompletableFuture()
                        .join()
                        .frames())
                .isEqualTo(9);
        time.pass(ALL);

        assertThat(kinds()).contains("rarp 5", "igmpQuery 2", "mldQuery 2");
        assertThat(heard.sent).extracting(AnnouncementRecord::occasion).containsOnly(Occasion.ASKED);
    }

    /** What the guest says that listens to this group, as the plan of an announcement would say it in its name. */
    private static Octets report(String group) {
        IpAddress address = IpAddress.parse(group);
        KnownGroup known =
                new KnownGroup(new VlanId(100), address, MembershipVersion.IGMP_V3, IpAddress.parse("192.0.2.7"));
        AnnouncementSubject subject = new AnnouncementSubject(
                vnic(0, HERE).mac(),
                new VlanMode.Access(new VlanId(100)),
                new TreeSet<>(),
                Optional.empty(),
                true,
                Set.of(),
                new TreeSet<>(Set.of(known)),
                true);
        return AnnouncementPlan.of(subject, Occasion.MIGRATION, AnnounceSettings.DEFAULT).emissions().stream()
                .filter(emission -> emission.kind() == AnnouncementKind.IGMP_REPORT)
                .findFirst()
                .orElseThrow()
                .frame();
    }
}

package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Asks guests for their groups, and listens to what they answer. */
class AskedGuestTest extends OneAnnouncer {
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

    private static PacketIn copy(int slot, Octets frame) {
        Cookie cookie = Cookie.of(Rule.FORWARD_REPORT_COPY, new Owner.OfVnic(slot));
        return new PacketIn(FIRST_PORT, Rule.FORWARD_REPORT_COPY.table().id(), cookie.bits(), frame);
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

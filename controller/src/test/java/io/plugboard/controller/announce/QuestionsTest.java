package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.Emission;
import io.plugboard.compiler.announce.GuestReport;
import io.plugboard.compiler.announce.MembershipVersion;
import io.plugboard.compiler.announce.Towards;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final VlanId VLAN = new VlanId(100);
    private static final Emission QUERY = new Emission(
            AnnouncementKind.IGMP_QUERY, 1, Duration.ZERO, Towards.GUEST, VLAN, Octets.parse("01005e000001"));

    private final Questions questions = new Questions(List.of(QUERY));

    private static SortedSet<IpAddress> groups(String... groups) {
        SortedSet<IpAddress> all = new TreeSet<>();
        for (String group : groups) {
            all.add(IpAddress.parse(group));
        }
        return all;
    }

    private static GuestReport.Report report(SortedSet<IpAddress> joined, SortedSet<IpAddress> left) {
        return new GuestReport.Report(
                MembershipVersion.IGMP_V3, VLAN, IpAddress.parse("192.0.2.7"), joined, new TreeSet<>(), left);
    }

    /** A guest repeats by itself that it has left a group. */
    @Test
    void isNotAnsweredByWhatTheGuestHasLeft() {
        questions.ask();
        questions.sent(QUERY, 7, 1_000);

        assertThat(questions.answered(report(groups(), groups("239.4.5.6")), VLAN, 2_000))
                .isEmpty();
        assertThat(questions.unanswered()).containsExactly(AnnouncementKind.IGMP_QUERY);

        Questions.Answered answered = questions
                .answered(report(groups("239.1.2.3"), groups()), VLAN, 3_000)
                .orElseThrow();
        assertThat(answered.isFirst()).isTrue();
        assertThat(answered.record()).isEqualTo(7);
        assertThat(answered.answer().after()).isEqualTo(Duration.ofNanos(2_000));
        assertThat(questions.unanswered()).isEmpty();

        Questions.Answered later = questions
                .answered(report(groups(), groups("239.1.2.3")), VLAN, 4_000)
                .orElseThrow();
        assertThat(later.isFirst()).isFalse();
        assertThat(later.answer().groups()).isEmpty();
    }
}

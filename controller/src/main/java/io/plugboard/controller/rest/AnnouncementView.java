package io.plugboard.controller.rest;

import io.plugboard.compiler.announce.Occasion;
import io.plugboard.controller.announce.AnnouncementRecord;
import io.plugboard.controller.announce.AnnouncementRecord.Answer;
import io.plugboard.topology.model.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame that was sent, as the API shows it.
 *
 * @param time in UTC (RFC 3339)
 * @param vlan 0 is the untagged segment
 * @param frame hexadecimal
 * @param answeredAfterMs none of what is no query, and of a query that nobody has answered
 * @param groups none where there is no answer
 */
record AnnouncementView(
        String time,
        String vnic,
        String kind,
        String bridge,
        String port,
        int vlan,
        int round,
        String frame,
        String occasion,
        @Nullable Long answeredAfterMs,
        @Nullable List<String> groups) {

    static AnnouncementView of(AnnouncementRecord record) {
        return new AnnouncementView(
                record.time().toString(),
                record.vnic().text(),
                record.kind().word(),
                record.bridge().toString(),
                record.port(),
                record.vlan().value(),
                record.round(),
                record.frame().toString(),
                text(record.occasion()),
                record.answer().map(answer -> answer.after().toMillis()).orElse(null),
                record.answer().map(AnnouncementView::groups).orElse(null));
    }

    private static List<String> groups(Answer answer) {
        return answer.groups().stream().map(IpAddress::toString).toList();
    }

    private static String text(Occasion occasion) {
        return switch (occasion) {
            case FIRST_ATTACH -> "firstAttach";
            case MIGRATION -> "migration";
            case RE_PIN -> "rePin";
            case MAC_CHANGE -> "macChange";
            case ASKED -> "asked";
        };
    }
}

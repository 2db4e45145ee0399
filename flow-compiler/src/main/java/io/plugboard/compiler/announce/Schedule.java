package io.plugboard.compiler.announce;

import io.plugboard.topology.model.AnnounceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When the rounds are, since the start. */
final class Schedule {
    private Schedule() {}

    /** As QEMU's announce-self: the pauses grow by a step from the initial one, up to the longest. */
    static List<Duration> rounds(AnnounceSettings settings) {
        List<Duration> offsets = new ArrayList<>();
        Duration offset = Duration.ZERO;
        Duration pause = settings.initial();
        for (int round = 1; round <= settings.rounds(); round++) {
            offsets.add(offset);
            offset = offset.plus(pause.compareTo(settings.max()) > 0 ? settings.max() : pause);
            pause = pause.plus(settings.step());
        }
        return offsets;
    }

    static List<Duration> queries(AnnounceSettings settings) {
        List<Duration> offsets = new ArrayList<>();
        for (int query = 0; query < settings.queries(); query++) {
            offsets.add(settings.querySpacing().multipliedBy(query));
        }
        return offsets;
    }
}

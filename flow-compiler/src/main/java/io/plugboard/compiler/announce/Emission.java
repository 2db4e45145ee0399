package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.VlanId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;

/**
 * One frame that is to be sent.
 *
 * @param round from 1, of its kind
 * @param offset since the start of the announcement
 * @param vlan the segment that it is sent in, whether the frame has a tag or not
 * @param frame without its check sequence, with its tag where it has one
 */
public record Emission(AnnouncementKind kind, int round, Duration offset, Towards towards, VlanId vlan, Octets frame) {
    /** As they are sent. What compares as equal is sent in the order in which it was planned. */
    static final Comparator<Emission> ORDER =
            Comparator.comparing(Emission::offset).thenComparing(Emission::kind).thenComparing(Emission::vlan);

    public Emission {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(offset);
        Objects.requireNonNull(towards);
        Objects.requireNonNull(vlan);
        Objects.requireNonNull(frame);
        if (round < 1) {
            throw new IllegalArgumentException("rounds count from 1, not from " + round);
        }
    }
}

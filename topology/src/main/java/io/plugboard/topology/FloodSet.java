package io.plugboard.topology;

import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.Comparator;

/** The vNICs of one segment of one bridge that are pinned to one uplink: what a flood from that uplink reaches. */
public record FloodSet(VlanId segment, UplinkPin pin) implements Comparable<FloodSet> {
    private static final Comparator<FloodSet> ORDER =
            Comparator.comparing(FloodSet::segment).thenComparing(FloodSet::pin);

    @Override
    public int compareTo(FloodSet other) {
        return ORDER.compare(this, other);
    }
}

package io.plugboard.compiler.ir;

import java.util.List;
import java.util.Objects;

/**
 * A group of type ALL (OpenFlow 1.3.5, 5.6.1): each bucket's actions are done to a copy of the frame.
 *
 * @param buckets lists of actions; at most {@value #MAX_BUCKETS}, which fit a message of 64 KiB
 */
public record Group(GroupId id, List<List<Action>> buckets) {
    public static final int MAX_BUCKETS = 1637;

    public Group {
        Objects.requireNonNull(id);
        buckets = buckets.stream().map(List::copyOf).toList();
        if (buckets.size() > MAX_BUCKETS) {
            throw new IllegalArgumentException("group " + id + " would have " + buckets.size()
                    + " buckets, and a message has room for " + MAX_BUCKETS);
        }
    }

    /** As {@code ovs-ofctl dump-groups} prints it. */
    @Override
    public String toString() {
        return OfctlText.of(this);
    }
}

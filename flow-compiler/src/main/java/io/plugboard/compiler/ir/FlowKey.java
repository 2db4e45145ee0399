package io.plugboard.compiler.ir;

import java.util.Comparator;

/**
 * What makes a flow this flow and no other to a switch (OpenFlow 1.3.5, 6.4): a flow-mod with the same key replaces it.
 *
 * @param table 0 to 254; a table of ours, or one that somebody else's flow was found in
 * @param priority 0 to 65535
 */
public record FlowKey(int table, int priority, Match match) implements Comparable<FlowKey> {
    private static final Comparator<FlowKey> ORDER = Comparator.comparingInt(FlowKey::table)
            .thenComparing(Comparator.comparingInt(FlowKey::priority).reversed())
            .thenComparing(FlowKey::match);

    @Override
    public int compareTo(FlowKey other) {
        return ORDER.compare(this, other);
    }

    /** As {@code ovs-ofctl} spells it. */
    @Override
    public String toString() {
        return OfctlText.of(this);
    }
}

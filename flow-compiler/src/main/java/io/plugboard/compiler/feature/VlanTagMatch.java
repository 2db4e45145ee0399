package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Matches the tags of a set of VLANs with as few masks as blocks of a power of two take. The ids 0 and 4095 never get as far
 * as these matches, so they may be among them: then 1 to 4094 is one.
 */
final class VlanTagMatch {
    private static final int IDS = 4096;

    private VlanTagMatch() {}

    /** @param match what to add the tags to; VLAN 0 of the set is no tag and not among them */
    static List<Match> of(VlanSet vlans, Match match) {
        BitSet ids = vlans.bits();
        ids.set(0, ids.get(1));
        ids.set(IDS - 1, ids.get(VlanId.MAX));
        List<Match> matches = new ArrayList<>();
        for (int id = ids.nextSetBit(0); id >= 0; ) {
            int size = blockAt(id, ids);
            matches.add(match.with(
                    MatchField.VLAN_VID, Match.VID_PRESENT | id, Match.VID_PRESENT | (IDS - 1 & ~(size - 1))));
            id = id + size >= IDS ? -1 : ids.nextSetBit(id + size);
        }
        return matches;
    }

    /** The size of the largest aligned block that begins here and lies within the ids. */
    private static int blockAt(int first, BitSet ids) {
        int end = ids.nextClearBit(first);
        int size = first == 0 ? IDS : Integer.lowestOneBit(first);
        while (first + size > end) {
            size /= 2;
        }
        return size;
    }
}

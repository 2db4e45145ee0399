package io.plugboard.compiler.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * What a switch can do, as its handshake said.
 *
 * @param tables how many flow tables it has (OFPT_FEATURES_REPLY)
 * @param metadata the metadata bits that it can both match and write in every table of the pipeline (OFPMP_TABLE_FEATURES)
 * @param allGroups whether it has groups of type ALL (OFPMP_GROUP_FEATURES)
 * @param groupChaining whether a bucket may send to a group (OFPGFC_CHAINING)
 * @param bundles whether it takes atomic, ordered bundles (ONF extension 230)
 * @param meters whether it has meters (OFPMP_METER_FEATURES)
 */
public record SwitchProfile(
        int tables, long metadata, boolean allGroups, boolean groupChaining, boolean bundles, boolean meters) {

    /** What the pipeline needs and this switch has not, a sentence each; none when the pipeline fits. */
    public List<String> misfits() {
        List<String> misfits = new ArrayList<>();
        if (tables < FlowTable.values().length) {
            misfits.add("it has " + tables + " flow tables, the pipeline needs " + FlowTable.values().length);
        }
        if ((metadata & Metadata.USED_BITS) != Metadata.USED_BITS) {
            misfits.add("it can match and write the metadata bits 0x" + Long.toHexString(metadata)
                    + ", the pipeline needs 0x" + Long.toHexString(Metadata.USED_BITS));
        }
        if (!allGroups) {
            misfits.add("it has no groups of type ALL");
        }
        if (!groupChaining) {
            misfits.add("a bucket of its groups cannot send to another group");
        }
        return List.copyOf(misfits);
    }
}

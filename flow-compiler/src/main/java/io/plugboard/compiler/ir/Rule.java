package io.plugboard.compiler.ir;

/**
 * Every kind of flow there is: its table, its priority, and the sentence that says why. The feature that makes the flows of
 * a rule is the only one that may.
 */
public enum Rule {
    PORT_UNUSED(1, FlowTable.PORT, 0, "the port is neither an uplink nor a vNIC's: closed"),
    PORT_VNIC_UNTAGGED(2, FlowTable.PORT, 100, "an untagged frame of the vNIC belongs to its segment"),
    PORT_VNIC_PRIORITY_TAG(3, FlowTable.PORT, 100, "a priority tag of the vNIC stands for its segment"),
    PORT_UPLINK_UNTAGGED(4, FlowTable.PORT, 100, "an untagged frame of the uplink belongs to the untagged segment"),
    PORT_UPLINK_PRIORITY_TAG(5, FlowTable.PORT, 110, "a priority tag of the uplink stands for the untagged segment"),
    PORT_UPLINK_TAGGED(6, FlowTable.PORT, 100, "a tagged frame of the uplink belongs to the tag's VLAN"),

    SEGMENT_DOUBLE_TAG(10, FlowTable.SEGMENT, 100, "a further tag behind the first could hop VLANs: dropped"),
    SEGMENT_TAG_BEHIND_PRIORITY(
            11, FlowTable.SEGMENT, 100, "a further tag behind a priority tag could hop VLANs: dropped"),
    SEGMENT_ON(12, FlowTable.SEGMENT, 0, "tagged as it should be"),

    GUARD_LINK_LOCAL(20, FlowTable.GUARD, 300, "link-local control frames (01:80:c2:00:00:0x) are never forwarded"),
    GUARD_VNIC_SOURCE(21, FlowTable.GUARD, 200, "the source is the vNIC's own MAC"),
    GUARD_FORGED(22, FlowTable.GUARD, 100, "forged source: the vNIC may only send as its own MAC"),
    GUARD_GROUP_SOURCE(23, FlowTable.GUARD, 200, "a group address cannot be a source"),
    GUARD_REFLECTION(24, FlowTable.GUARD, 100, "the source is a vNIC of this bridge: its own frame, reflected"),
    GUARD_UPLINK(25, FlowTable.GUARD, 50, "the uplink may use any other source"),
    GUARD_MISS(26, FlowTable.GUARD, 0, "no vNIC and no uplink has this source: dropped"),

    FORWARD_MEMBERSHIP_REPORT(
            30, FlowTable.FORWARD, 300, "IGMP and MLD of a guest go to its uplink and to no other vNIC"),
    FORWARD_VNIC(31, FlowTable.FORWARD, 200, "the destination is this vNIC's own MAC"),
    FORWARD_OUT_OF_REACH(
            32,
            FlowTable.FORWARD,
            100,
            "the vNIC is pinned to another uplink: this is a physical switch's second copy"),
    FORWARD_GROUP_ADDRESS(33, FlowTable.FORWARD, 150, "a group address: flooded in its segment"),
    FORWARD_UNKNOWN(34, FlowTable.FORWARD, 0, "no vNIC here has this address: the uplink may know it"),

    FLOOD_FROM_VNIC(40, FlowTable.FLOOD, 100, "to every other vNIC of the segment, and to the uplink"),
    FLOOD_FROM_UPLINK(41, FlowTable.FLOOD, 100, "to every vNIC of the segment that is pinned to this uplink"),
    FLOOD_MISS(42, FlowTable.FLOOD, 0, "nobody else in the segment here"),

    UPLINK_OUT(50, FlowTable.UPLINK, 100, "out of the uplink that the sender is pinned to"),
    UPLINK_NONE(51, FlowTable.UPLINK, 0, "the sender has no uplink, or is one: dropped");

    private final int code;
    private final FlowTable table;
    private final int priority;
    private final String why;

    Rule(int code, FlowTable table, int priority, String why) {
        this.code = code;
        this.table = table;
        this.priority = priority;
        this.why = why;
    }

    /** The rule in a cookie, 1 to 255: it outlives releases. */
    public int code() {
        return code;
    }

    public FlowTable table() {
        return table;
    }

    public int priority() {
        return priority;
    }

    /** Why a frame that such a flow matches fares as it does. */
    public String why() {
        return why;
    }
}

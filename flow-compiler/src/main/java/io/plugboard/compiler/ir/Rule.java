package io.plugboard.compiler.ir;

/**
 * Every kind of flow there is: its table, its priority, and the sentence that says why. The feature that makes the flows of
 * a rule is the only one that may.
 */
public enum Rule {
    PORT_UNUSED(1, FlowTable.PORT, 0, "the port is neither an uplink nor a vNIC's, or does not take this tag: dropped"),
    PORT_VNIC_UNTAGGED(2, FlowTable.PORT, 100, "an untagged frame of the vNIC belongs to its segment"),
    PORT_VNIC_PRIORITY_TAG(3, FlowTable.PORT, 110, "a priority tag of the vNIC stands for its segment"),
    PORT_UPLINK_UNTAGGED(4, FlowTable.PORT, 100, "an untagged frame of the uplink belongs to the untagged segment"),
    PORT_UPLINK_PRIORITY_TAG(5, FlowTable.PORT, 110, "a priority tag of the uplink stands for the untagged segment"),
    PORT_UPLINK_TAGGED(6, FlowTable.PORT, 100, "a tagged frame of the uplink belongs to the tag's VLAN"),
    PORT_VNIC_TRUNK(7, FlowTable.PORT, 100, "the vNIC's trunk carries the tag's VLAN"),
    PORT_PRIORITY_TAG(8, FlowTable.PORT, 105, "a priority tag, and the port has no untagged segment: dropped"),
    PORT_RESERVED_TAG(9, FlowTable.PORT, 120, "VLAN 4095 is reserved: dropped"),
    PORT_BLOCKED(13, FlowTable.PORT, 100, "the vNIC is blocked: dropped"),
    PORT_PREPARED(15, FlowTable.PORT, 100, "the vNIC is about to move here, and is active elsewhere: dropped"),

    SEGMENT_DOUBLE_TAG(10, FlowTable.SEGMENT, 100, "a further tag behind the first could hop VLANs: dropped"),
    SEGMENT_TAG_BEHIND_PRIORITY(
            11, FlowTable.SEGMENT, 100, "a further tag behind a priority tag could hop VLANs: dropped"),
    SEGMENT_CLASS(14, FlowTable.SEGMENT, 50, "trunks carry this VLAN"),
    SEGMENT_ON(12, FlowTable.SEGMENT, 0, "tagged as it should be"),

    GUARD_GROUP_SOURCE(23, FlowTable.GUARD, 330, "a group address cannot be a source: dropped"),
    GUARD_REFLECTION(
            24, FlowTable.GUARD, 320, "the source is a vNIC of this bridge: its own frame, reflected: dropped"),
    GUARD_LINK_LOCAL_ALLOWED(27, FlowTable.GUARD, 310, "the port group allows link-local control frames"),
    GUARD_LINK_LOCAL(20, FlowTable.GUARD, 300, "link-local control frames (01:80:c2:00:00:0x) are not forwarded"),
    GUARD_VNIC_SOURCE(21, FlowTable.GUARD, 200, "the source is an address that the vNIC may send from"),
    GUARD_FORGING_ALLOWED(28, FlowTable.GUARD, 200, "the policy accepts forged transmits"),
    GUARD_FIRST_FRAME(
            29,
            FlowTable.GUARD,
            200,
            "the vNIC is about to move here: its first frame, shown to the controller, tells that it has"),
    GUARD_FORGED(22, FlowTable.GUARD, 100, "forged source: the vNIC may only send as itself"),
    GUARD_UPLINK(25, FlowTable.GUARD, 50, "the uplink may use any other source"),
    GUARD_MISS(26, FlowTable.GUARD, 0, "no vNIC and no uplink has this source: dropped"),

    FORWARD_CONTROL_REPORT(
            57, FlowTable.FORWARD, 320, "IGMP and MLD of a guest in a link-local control frame: for nobody here"),
    FORWARD_LINK_LOCAL(37, FlowTable.FORWARD, 310, "link-local control: to whoever wants and may get it"),
    FORWARD_MEMBERSHIP_REPORT(30, FlowTable.FORWARD, 300, "IGMP and MLD of a guest is not for its neighbours"),
    FORWARD_REPORT_COPY(
            39,
            FlowTable.FORWARD,
            305,
            "the guest has been asked for its groups: a copy of its answer to the controller"),
    FORWARD_VNIC(31, FlowTable.FORWARD, 200, "the destination is this vNIC's own MAC"),
    FORWARD_FORMER_UPLINK(
            38,
            FlowTable.FORWARD,
            190,
            "the destination is this vNIC's own MAC, by the uplink that it has just left: physical switches may not know yet"),
    FORWARD_OUT_OF_REACH(
            32,
            FlowTable.FORWARD,
            100,
            "the vNIC is pinned to another uplink: this is a physical switch's second copy: dropped"),
    FORWARD_CLOSED(35, FlowTable.FORWARD, 100, "the vNIC is blocked, or uses another MAC: dropped"),
    FORWARD_GROUP_ADDRESS(33, FlowTable.FORWARD, 150, "a group address: to whoever wants it in its segment"),
    FORWARD_SHARED(36, FlowTable.FORWARD, 140, "vNICs here share this address, and others elsewhere may"),
    FORWARD_UNKNOWN(34, FlowTable.FORWARD, 0, "no vNIC here has this address: the uplink may know it"),

    ADDRESS_FROM_VNIC(60, FlowTable.ADDRESS, 100, "to every other vNIC that has this address"),
    ADDRESS_FROM_UPLINK(61, FlowTable.ADDRESS, 100, "to every vNIC that has this address and is pinned to this uplink"),
    ADDRESS_MISS(62, FlowTable.ADDRESS, 0, "nobody asked for exactly this address"),
    ADDRESS_TRUNK_FROM_VNIC(63, FlowTable.ADDRESS_TRUNK, 100, "to every other vNIC that has this address"),
    ADDRESS_TRUNK_FROM_UPLINK(
            64, FlowTable.ADDRESS_TRUNK, 100, "to every vNIC that has this address and is pinned to this uplink"),
    ADDRESS_TRUNK_MISS(65, FlowTable.ADDRESS_TRUNK, 0, "nobody asked for exactly this address"),

    FLOOD_REPORT_TO_ROUTERS(43, FlowTable.FLOOD, 410, "IGMP and MLD: to the multicast routers"),
    FLOOD_REPORT(44, FlowTable.FLOOD, 400, "IGMP and MLD: to no vNIC"),
    FLOOD_CONTROL(45, FlowTable.FLOOD, 310, "link-local control: to the vNICs that are allowed it"),
    FLOOD_LINK_LOCAL(46, FlowTable.FLOOD, 300, "link-local control: to no vNIC"),
    FLOOD_BROADCAST(40, FlowTable.FLOOD, 200, "to every other vNIC of the segment within reach"),
    FLOOD_MULTICAST(
            41, FlowTable.FLOOD, 100, "to every other vNIC of the segment within reach that gets all multicast"),
    FLOOD_MISS(42, FlowTable.FLOOD, 0, "nobody else in the segment here"),
    FLOOD_TRUNK_REPORT_TO_ROUTERS(70, FlowTable.FLOOD_TRUNK, 410, "IGMP and MLD: to the multicast routers"),
    FLOOD_TRUNK_REPORT(71, FlowTable.FLOOD_TRUNK, 400, "IGMP and MLD: to no vNIC"),
    FLOOD_TRUNK_CONTROL(72, FlowTable.FLOOD_TRUNK, 310, "link-local control: to the vNICs that are allowed it"),
    FLOOD_TRUNK_LINK_LOCAL(73, FlowTable.FLOOD_TRUNK, 300, "link-local control: to no vNIC"),
    FLOOD_TRUNK_BROADCAST(74, FlowTable.FLOOD_TRUNK, 200, "to every other trunk of the VLAN within reach"),
    FLOOD_TRUNK_MULTICAST(
            75, FlowTable.FLOOD_TRUNK, 100, "to every other trunk of the VLAN within reach that gets all multicast"),
    FLOOD_TRUNK_MISS(76, FlowTable.FLOOD_TRUNK, 0, "no other trunk of the VLAN here"),

    UPLINK_OUT(50, FlowTable.UPLINK, 100, "out of the uplink that the sender is pinned to"),
    UPLINK_NONE(51, FlowTable.UPLINK, 0, "the sender has no uplink, or is one: not sent out"),

    MIRROR_CONTROL(80, FlowTable.MIRROR, 310, "link-local control: to the promiscuous vNICs that are allowed it"),
    MIRROR_LINK_LOCAL(81, FlowTable.MIRROR, 300, "link-local control: shown to nobody"),
    MIRROR_COPY(82, FlowTable.MIRROR, 100, "a copy to every promiscuous vNIC of the segment within reach"),
    MIRROR_MISS(83, FlowTable.MIRROR, 0, "no promiscuous vNIC in the segment"),
    MIRROR_TRUNK_CONTROL(
            84, FlowTable.MIRROR_TRUNK, 310, "link-local control: to the promiscuous vNICs that are allowed it"),
    MIRROR_TRUNK_LINK_LOCAL(85, FlowTable.MIRROR_TRUNK, 300, "link-local control: shown to nobody"),
    MIRROR_TRUNK_COPY(86, FlowTable.MIRROR_TRUNK, 100, "a copy to every promiscuous trunk of the VLAN within reach"),
    MIRROR_TRUNK_MISS(87, FlowTable.MIRROR_TRUNK, 0, "no promiscuous trunk of the VLAN");

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

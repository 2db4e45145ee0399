package io.plugboard.compiler.ir;

/**
 * The fields that the pipeline matches, by their OXM types (OpenFlow 1.3.5, 7.2.3.7). Values are unsigned, in the low bits
 * of a long.
 */
public enum MatchField {
    METADATA("metadata", 64),
    IN_PORT("in_port", 32),
    ETH_DST("dl_dst", 48),
    ETH_SRC("dl_src", 48),
    ETH_TYPE("dl_type", 16),
    /** With OFPVID_PRESENT, 0x1000, set where there is a tag. */
    VLAN_VID("vlan_vid", 13),
    IP_PROTO("nw_proto", 8),
    ICMPV6_TYPE("icmp_type", 8);

    private final String ofctlName;
    private final int bits;

    MatchField(String ofctlName, int bits) {
        this.ofctlName = ofctlName;
        this.bits = bits;
    }

    /** As {@code ovs-ofctl} spells it. */
    public String ofctlName() {
        return ofctlName;
    }

    /** All bits of the field: the mask of an exact match. */
    public long allBits() {
        return bits == Long.SIZE ? -1L : (1L << bits) - 1;
    }
}

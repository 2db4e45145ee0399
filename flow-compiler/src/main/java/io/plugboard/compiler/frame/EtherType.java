package io.plugboard.compiler.frame;

/** The EtherTypes that we build, parse or match (IANA, IEEE 802 Numbers). */
public final class EtherType {
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int RARP = 0x8035;
    public static final int IPV6 = 0x86dd;

    /** The TPID of an 802.1Q customer tag. */
    public static final int VLAN = 0x8100;

    /** The TPID of an 802.1ad service tag. */
    public static final int SERVICE_VLAN = 0x88a8;

    private EtherType() {}

    /** Whether a VLAN tag follows, and not a payload. */
    static boolean isTag(int type) {
        return type == VLAN || type == SERVICE_VLAN;
    }
}

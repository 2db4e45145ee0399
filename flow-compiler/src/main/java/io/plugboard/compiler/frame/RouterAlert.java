package io.plugboard.compiler.frame;

/** The option that makes routers look into a packet that is not for them. IGMP and MLD carry it. */
public final class RouterAlert {
    /** RFC 2113, section 2.1: option 148, four octets, value 0. */
    public static final Octets IPV4 = new OctetWriter().u16(0x9404).u16(0).toOctets();

    private static final int IPV6_OPTION = 5;
    private static final int PAD_1 = 0;
    private static final int PAD_N = 1;
    private static final int MLD = 0;

    /** RFC 2711, section 2.1: option 5, value 0 for MLD; and two octets of padding. */
    public static final Octets IPV6 =
            new OctetWriter().u8(IPV6_OPTION).u8(2).u16(MLD).u8(PAD_N).u8(0).toOctets();

    private RouterAlert() {}

    /**
     * Whether hop-by-hop options have it, of whatever value.
     *
     * @throws MalformedFrame when an option goes beyond their end
     */
    public static boolean isIn(Octets hopByHop) throws MalformedFrame {
        OctetReader options = new OctetReader(hopByHop, "a hop-by-hop option");
        while (options.remaining() > 0) {
            int type = options.u8();
            if (type != PAD_1) {
                options.skip(options.u8());
                if (type == IPV6_OPTION) {
                    return true;
                }
            }
        }
        return false;
    }
}

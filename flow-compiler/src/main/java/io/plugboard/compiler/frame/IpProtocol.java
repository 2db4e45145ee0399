package io.plugboard.compiler.frame;

/** The protocols within IP that we build, parse or match (IANA, Assigned Internet Protocol Numbers). */
public final class IpProtocol {
    public static final int IGMP = 2;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;

    private IpProtocol() {}
}

package io.plugboard.compiler.announce;

/** By which protocol a guest says what it listens to. */
public enum MembershipVersion {
    /** RFC 1112, appendix I. */
    IGMP_V1,
    /** RFC 2236. */
    IGMP_V2,
    /** RFC 3376. */
    IGMP_V3,
    /** RFC 2710. */
    MLD_V1,
    /** RFC 3810. */
    MLD_V2;

    public boolean isIgmp() {
        return this == IGMP_V1 || this == IGMP_V2 || this == IGMP_V3;
    }
}

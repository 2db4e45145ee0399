package io.plugboard.compiler.announce;

/** What is said in one frame. In the order in which it is said where it is said at the same time. */
public enum AnnouncementKind {
    RARP("rarp"),
    GRATUITOUS_ARP("garp"),
    NEIGHBOUR_ADVERTISEMENT("na"),
    IGMP_REPORT("igmpReport"),
    MLD_REPORT("mldReport"),
    IGMP_QUERY("igmpQuery"),
    MLD_QUERY("mldQuery");

    private final String word;

    AnnouncementKind(String word) {
        this.word = word;
    }

    /** As people and scripts know it. */
    public String word() {
        return word;
    }

    /** Whether it asks the guest, and is not for the switches. */
    public boolean isQuery() {
        return this == IGMP_QUERY || this == MLD_QUERY;
    }
}

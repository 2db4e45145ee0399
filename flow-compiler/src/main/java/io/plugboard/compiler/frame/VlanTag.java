package io.plugboard.compiler.frame;

/**
 * A VLAN tag (IEEE 802.1Q, 9.6).
 *
 * @param tpid {@link EtherType#VLAN} or {@link EtherType#SERVICE_VLAN}
 * @param id 0 to 4095; 0 is a priority tag, which names no VLAN
 * @param priority 0 to 7, the PCP
 */
public record VlanTag(int tpid, int id, int priority) {
    /** The highest id of 12 bits; reserved, but a frame may carry it. */
    public static final int MAX_ID = 4095;

    private static final int MAX_PRIORITY = 7;

    public VlanTag {
        if (!EtherType.isTag(tpid)) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(tpid) + " is not the TPID of a VLAN tag");
        }
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("the id of a tag is 0 to " + MAX_ID + ", not " + id);
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("the priority of a tag is 0 to 7, not " + priority);
        }
    }

    /** A customer tag of priority 0. */
    public static VlanTag of(int id) {
        return new VlanTag(EtherType.VLAN, id, 0);
    }

    public VlanTag withId(int other) {
        return new VlanTag(tpid, other, priority);
    }

    /** {@code 100}, of priority 5 {@code 100p5}; a service tag {@code s100}. */
    @Override
    public String toString() {
        return (tpid == EtherType.SERVICE_VLAN ? "s" : "") + id + (priority == 0 ? "" : "p" + priority);
    }
}

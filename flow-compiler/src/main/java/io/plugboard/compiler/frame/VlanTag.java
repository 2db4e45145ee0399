package io.plugboard.compiler.frame;

/**
 * An 802.1Q tag (IEEE 802.1Q, 9.6), its TPID 0x8100.
 *
 * @param id 0 to 4095; 0 is a priority tag, which names no VLAN
 * @param priority 0 to 7, the PCP
 */
public record VlanTag(int id, int priority) {
    /** The highest id of 12 bits; reserved, but a frame may carry it. */
    public static final int MAX_ID = 4095;

    private static final int MAX_PRIORITY = 7;

    public VlanTag {
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("the id of a tag is 0 to " + MAX_ID + ", not " + id);
        }
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("the priority of a tag is 0 to 7, not " + priority);
        }
    }

    public VlanTag withId(int other) {
        return new VlanTag(other, priority);
    }

    @Override
    public String toString() {
        return priority == 0 ? Integer.toString(id) : id + "p" + priority;
    }
}

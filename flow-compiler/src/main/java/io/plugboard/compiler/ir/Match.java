package io.plugboard.compiler.ir;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a flow matches: for some fields a value and a mask. Bits outside the mask are 0 in the value, since OVS refuses
 * others (OFPBMC_BAD_WILDCARDS). Ordered by field, then value, then mask.
 */
public final class Match implements Comparable<Match> {
    /** OFPVID_PRESENT: the bit that says that a frame has a tag (OpenFlow 1.3.5, 7.2.3.7). */
    public static final int VID_PRESENT = 0x1000;

    private static final MatchField[] FIELDS = MatchField.values();
    private static final Match ANY = new Match(0, new long[0]);

    /** Bit n: field n of {@link MatchField} is matched. */
    private final int present;

    /** A value and a mask for each matched field, in the order of the fields. */
    private final long[] valuesAndMasks;

    private Match(int present, long[] valuesAndMasks) {
        this.present = present;
        this.valuesAndMasks = valuesAndMasks;
    }

    /** Every frame. */
    public static Match any() {
        return ANY;
    }

    /**
     * This match, and that field.
     *
     * @throws IllegalArgumentException when the value or the mask has bits that the field has not
     */
    public Match with(MatchField field, long value, long mask) {
        if ((mask & ~field.allBits()) != 0 || (value & ~field.allBits()) != 0 || mask == 0) {
            throw new IllegalArgumentException(
                    field + " has no such bits: 0x" + Long.toHexString(value) + "/0x" + Long.toHexString(mask));
        }
        int at = 2 * Integer.bitCount(present & ((1 << field.ordinal()) - 1));
        boolean replaces = matches(field);
        long[] next = new long[valuesAndMasks.length + (replaces ? 0 : 2)];
        System.arraycopy(valuesAndMasks, 0, next, 0, at);
        next[at] = value & mask;
        next[at + 1] = mask;
        int rest = at + (replaces ? 2 : 0);
        System.arraycopy(valuesAndMasks, rest, next, at + 2, valuesAndMasks.length - rest);
        return new Match(present | 1 << field.ordinal(), next);
    }

    public Match with(MatchField field, long value) {
        return with(field, value, field.allBits());
    }

    public Match inPort(int number) {
        return with(MatchField.IN_PORT, Integer.toUnsignedLong(number));
    }

    public Match ethDst(MacAddress mac) {
        return with(MatchField.ETH_DST, mac.bits());
    }

    public Match ethSrc(MacAddress mac) {
        return with(MatchField.ETH_SRC, mac.bits());
    }

    public Match ethType(int type) {
        return with(MatchField.ETH_TYPE, type);
    }

    /** Frames whose outer tag has this id; those without a tag for {@link VlanId#UNTAGGED}. */
    public Match vlan(VlanId vlan) {
        return with(MatchField.VLAN_VID, vlan.isTagged() ? vlan.value() | VID_PRESENT : 0);
    }

    /** Frames without a tag. */
    public Match untagged() {
        return vlan(VlanId.UNTAGGED);
    }

    /** Frames whose outer tag has id 0: a priority tag (IEEE 802.1Q, 6.8.1 and 9.6). */
    public Match priorityTagged() {
        return with(MatchField.VLAN_VID, VID_PRESENT);
    }

    /** Frames whose outer tag has the id 4095, which is reserved (IEEE 802.1Q, table 9-2). */
    public Match reservedTagged() {
        return with(MatchField.VLAN_VID, VID_PRESENT | 0xfff);
    }

    /** Frames with a tag. */
    public Match tagged() {
        return with(MatchField.VLAN_VID, VID_PRESENT, VID_PRESENT);
    }

    public boolean matches(MatchField field) {
        return (present & 1 << field.ordinal()) != 0;
    }

    /** Whether it matches no field but these. */
    boolean isWithin(Set<MatchField> allowed) {
        return allowed.containsAll(fields());
    }

    public Set<MatchField> fields() {
        Set<MatchField> fields = EnumSet.noneOf(MatchField.class);
        for (MatchField field : FIELDS) {
            if (matches(field)) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** The value of a matched field; 0 where it is not matched. */
    public long value(MatchField field) {
        return matches(field) ? valuesAndMasks[index(field)] : 0;
    }

    /** The mask of a matched field; 0 where it is not matched. */
    public long mask(MatchField field) {
        return matches(field) ? valuesAndMasks[index(field) + 1] : 0;
    }

    public boolean isExact(MatchField field) {
        return mask(field) == field.allBits();
    }

    private int index(MatchField field) {
        return 2 * Integer.bitCount(present & ((1 << field.ordinal()) - 1));
    }

    @Override
    public int compareTo(Match other) {
        int byFields = Integer.compareUnsigned(Integer.reverse(other.present), Integer.reverse(present));
        return byFields != 0 ? byFields : Arrays.compareUnsigned(valuesAndMasks, other.valuesAndMasks);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Match match
                && present == match.present
                && Arrays.equals(valuesAndMasks, match.valuesAndMasks);
    }

    @Override
    public int hashCode() {
        return 31 * present + Arrays.hashCode(valuesAndMasks);
    }

    /** As {@code ovs-ofctl} spells it; empty for {@link #any}. */
    @Override
    public String toString() {
        return OfctlText.of(this);
    }
}

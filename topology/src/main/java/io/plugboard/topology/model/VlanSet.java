package io.plugboard.topology.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some VLANs of a bridge, at least one; 0 among them is the untagged segment.
 *
 * @param ranges ascending, with a gap between each and the next
 */
public record VlanSet(List<Range> ranges) implements Comparable<VlanSet> {
    private static final Pattern ID_OR_RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    /** From the first to the last, both included. */
    public record Range(VlanId first, VlanId last) {
        public Range {
            if (first.compareTo(last) > 0) {
                throw new IllegalArgumentException("a range of VLANs goes up, not from " + first + " to " + last);
            }
        }

        @Override
        public String toString() {
            return first.equals(last) ? first.toString() : first + "-" + last;
        }
    }

    public VlanSet {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a set of VLANs has at least one");
        }
        for (int index = 1; index < ranges.size(); index++) {
            if (ranges.get(index).first().value()
                    <= ranges.get(index - 1).last().value() + 1) {
                throw new IllegalArgumentException("the ranges of VLANs touch or are not in order: " + ranges);
            }
        }
    }

    public static VlanSet of(VlanId vlan) {
        return new VlanSet(List.of(new Range(vlan, vlan)));
    }

    /** @param vlans bit n for VLAN n */
    public static VlanSet of(BitSet vlans) {
        List<Range> ranges = new ArrayList<>();
        for (int first = vlans.nextSetBit(0); first >= 0; ) {
            int next = vlans.nextClearBit(first);
            ranges.add(new Range(new VlanId(first), new VlanId(next - 1)));
            first = vlans.nextSetBit(next);
        }
        return new VlanSet(ranges);
    }

    /**
     * Reads ids and ranges, {@code 300} and {@code 100-199}, in any order.
     *
     * @throws IllegalArgumentException when one of them is neither, or there is none; the message names the text
     */
    public static VlanSet parse(Collection<String> idsAndRanges) {
        BitSet vlans = new BitSet();
        for (String text : idsAndRanges) {
            Matcher matcher = ID_OR_RANGE.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + text + "' is not a VLAN id or a range such as 100-199");
            }
            VlanId first = new VlanId(Integer.parseInt(matcher.group(1)));
            VlanId last = matcher.group(2) == null ? first : new VlanId(Integer.parseInt(matcher.group(2)));
            Range range = new Range(first, last);
            vlans.set(range.first().value(), range.last().value() + 1);
        }
        return of(vlans);
    }

    public VlanId first() {
        return ranges.get(0).first();
    }

    public boolean contains(VlanId vlan) {
        return ranges.stream()
                .anyMatch(range -> range.first().compareTo(vlan) <= 0 && vlan.compareTo(range.last()) <= 0);
    }

    public boolean intersects(VlanSet other) {
        return ranges.stream()
                .anyMatch(mine -> other.ranges.stream()
                        .anyMatch(its -> mine.first().compareTo(its.last()) <= 0
                                && its.first().compareTo(mine.last()) <= 0));
    }

    /** The smallest VLAN that is in both. */
    public Optional<VlanId> firstIn(VlanSet other) {
        BitSet common = bits();
        common.and(other.bits());
        return common.isEmpty() ? Optional.empty() : Optional.of(new VlanId(common.nextSetBit(0)));
    }

    /** Bit n for VLAN n. */
    public BitSet bits() {
        BitSet bits = new BitSet(VlanId.MAX + 1);
        ranges.forEach(range -> bits.set(range.first().value(), range.last().value() + 1));
        return bits;
    }

    @Override
    public int compareTo(VlanSet other) {
        for (int index = 0; index < Math.min(ranges.size(), other.ranges.size()); index++) {
            Range mine = ranges.get(index);
            Range its = other.ranges.get(index);
            int byRange = mine.first().equals(its.first())
                    ? mine.last().compareTo(its.last())
                    : mine.first().compareTo(its.first());
            if (byRange != 0) {
                return byRange;
            }
        }
        return Integer.compare(ranges.size(), other.ranges.size());
    }

    /** {@code 100-199,300}. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}

package io.plugboard.topology;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which stored facts differ between two snapshots: created, changed or gone.
 *
 * @param addresses the numbers of shared addresses; whoever holds or listens to one is among the vNICs
 */
public record Touched(
        SortedSet<PortGroupName> portGroups,
        SortedSet<DatapathId> bridges,
        SortedSet<VnicId> vnics,
        SortedSet<AddressNumber> addresses) {
    public static final Touched NOTHING = new Touched(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    /** The number of a shared address on its bridge. */
    public record AddressNumber(DatapathId bridge, int number) implements Comparable<AddressNumber> {
        private static final Comparator<AddressNumber> ORDER =
                Comparator.comparing(AddressNumber::bridge).thenComparing(AddressNumber::number);

        @Override
        public int compareTo(AddressNumber other) {
            return ORDER.compare(this, other);
        }

        /** {@code 00000000000000a1/17}. */
        @Override
        public String toString() {
            return bridge + "/" + number;
        }
    }

    public Touched {
        portGroups = frozen(portGroups);
        bridges = frozen(bridges);
        vnics = frozen(vnics);
        addresses = frozen(addresses);
    }

    /** Touching no address. */
    public Touched(SortedSet<PortGroupName> portGroups, SortedSet<DatapathId> bridges, SortedSet<VnicId> vnics) {
        this(portGroups, bridges, vnics, new TreeSet<>());
    }

    /** What either touched. */
    public Touched and(Touched other) {
        return new Touched(
                union(portGroups, other.portGroups),
                union(bridges, other.bridges),
                union(vnics, other.vnics),
                union(addresses, other.addresses));
    }

    public boolean isEmpty() {
        return portGroups.isEmpty() && bridges.isEmpty() && vnics.isEmpty() && addresses.isEmpty();
    }

    private static <T> SortedSet<T> union(SortedSet<T> some, SortedSet<T> others) {
        SortedSet<T> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static <T> SortedSet<T> frozen(Set<T> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}

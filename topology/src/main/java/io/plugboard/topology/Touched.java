package io.plugboard.topology;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which stored facts differ between two snapshots: created, changed or gone. */
public record Touched(SortedSet<PortGroupName> portGroups, SortedSet<DatapathId> bridges, SortedSet<VnicId> vnics) {
    public static final Touched NOTHING = new Touched(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public Touched {
        portGroups = frozen(portGroups);
        bridges = frozen(bridges);
        vnics = frozen(vnics);
    }

    public boolean isEmpty() {
        return portGroups.isEmpty() && bridges.isEmpty() && vnics.isEmpty();
    }

    private static <T> SortedSet<T> frozen(Set<T> elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(elements));
    }
}

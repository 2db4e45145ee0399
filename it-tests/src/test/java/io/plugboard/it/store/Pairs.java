package io.plugboard.it.store;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Transactions that show whether they are whole: number n attaches two vNICs of that number, one on each of two bridges, and
 * detaches those of number n - {@value #KEPT}.
 */
final class Pairs {
    static final int KEPT = 500;

    private static final PortGroup PORT_GROUP =
            new PortGroup(new PortGroupName("web"), new VlanMode.Access(new VlanId(100)));
    private static final List<String> SIDES = List.of("left-", "right-");

    private Pairs() {}

    static List<TopologyChange> transaction(int number) {
        List<TopologyChange> changes = new ArrayList<>();
        changes.add(new TopologyChange.PortGroupPut(PORT_GROUP));
        for (String side : SIDES) {
            if (number >= KEPT) {
                changes.add(new TopologyChange.VnicDetached(new VnicId(side + (number - KEPT))));
            }
            DatapathId bridge = new DatapathId(1 + SIDES.indexOf(side));
            changes.add(new TopologyChange.VnicAttached(new Vnic(
                    new VnicId(side + number),
                    new Place(bridge, new PortRef.ByName("tap" + number)),
                    new MacAddress(0x5254_0000_0000L + number),
                    PORT_GROUP.name(),
                    Vnic.Source.REST)));
        }
        return changes;
    }

    /** The numbers whose vNIC on this side is there. */
    private static SortedSet<Integer> numbers(Topology topology, String side) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (VnicId id : topology.attachments().keySet()) {
            if (id.text().startsWith(side)) {
                numbers.add(Integer.parseInt(id.text().substring(side.length())));
            }
        }
        return numbers;
    }

    /**
     * How many transactions, from number 0 without a gap, this topology is the outcome of.
     *
     * @throws AssertionError when it is not the outcome of whole transactions
     */
    static int count(Topology topology) {
        SortedSet<Integer> left = numbers(topology, SIDES.get(0));
        int count = left.isEmpty() ? 0 : left.last() + 1;
        SortedSet<Integer> expected = new TreeSet<>();
        for (int number = Math.max(0, count - KEPT); number < count; number++) {
            expected.add(number);
        }
        if (!left.equals(expected) || !numbers(topology, SIDES.get(1)).equals(expected)) {
            throw new AssertionError("not what " + count + " whole transactions leave: " + topology.attachments());
        }
        return count;
    }
}

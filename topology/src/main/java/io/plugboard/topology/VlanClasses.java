package io.plugboard.topology;

import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * The VLAN classes of one bridge: the maximal sets of VLANs that the same trunks carry, so that a frame needs no more than
 * its class to be told which trunks get it.
 *
 * @param trunks how many vNICs have each trunk
 * @param byFirst the classes by their smallest VLANs; VLANs that no trunk carries are in none
 */
public record VlanClasses(TreePMap<VlanSet, Integer> trunks, TreePMap<VlanId, VlanSet> byFirst) {
    static final VlanClasses NONE = new VlanClasses(TreePMap.empty(), TreePMap.empty());

    /** The smallest VLANs of the classes that this trunk is made of. */
    public List<VlanId> of(VlanSet trunk) {
        return byFirst.keySet().stream().filter(trunk::contains).toList();
    }

    public Optional<VlanSet> startingAt(VlanId first) {
        return Optional.ofNullable(byFirst.get(first));
    }

    VlanClasses with(VlanSet trunk) {
        return counted(trunk, 1);
    }

    VlanClasses without(VlanSet trunk) {
        return counted(trunk, -1);
    }

    private VlanClasses counted(VlanSet trunk, int difference) {
        int before = trunks.getOrDefault(trunk, 0);
        int after = before + difference;
        TreePMap<VlanSet, Integer> counts = after == 0 ? trunks.minus(trunk) : trunks.plus(trunk, after);
        return before > 0 && after > 0 ? new VlanClasses(counts, byFirst) : new VlanClasses(counts, classes(counts));
    }

    /** Each trunk splits each class that it carries a part of. */
    private static TreePMap<VlanId, VlanSet> classes(TreePMap<VlanSet, Integer> trunks) {
        List<BitSet> classes = new ArrayList<>();
        for (VlanSet trunk : trunks.keySet()) {
            List<BitSet> split = new ArrayList<>();
            BitSet rest = trunk.bits();
            for (BitSet whole : classes) {
                BitSet inside = (BitSet) whole.clone();
                inside.and(trunk.bits());
                BitSet outside = (BitSet) whole.clone();
                outside.andNot(inside);
                rest.andNot(inside);
                split.add(inside);
                split.add(outside);
            }
            split.add(rest);
            split.removeIf(BitSet::isEmpty);
            classes = split;
        }
        TreePMap<VlanId, VlanSet> byFirst = TreePMap.empty();
        for (BitSet vlans : classes) {
            VlanSet set = VlanSet.of(vlans);
            byFirst = byFirst.plus(set.first(), set);
        }
        return byFirst;
    }

    /** Whether both tell the same VLANs apart. */
    public boolean hasSameClasses(VlanClasses other) {
        return byFirst.equals(other.byFirst);
    }
}

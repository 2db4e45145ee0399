package io.plugboard.topology;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Comparator;

/** Which frames of a bridge are meant. Ordered by kind, then by index. */
public sealed interface Scope extends Comparable<Scope> {
    Comparator<Scope> ORDER = Comparator.comparingInt(Scope::kind).thenComparingInt(Scope::index);

    int kind();

    /** What tells it from others of its kind: 13 bits. */
    int index();

    @Override
    default int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }

    /** Those of one VLAN, to vNICs that have no other: vNICs without a trunk. */
    record OfVlan(VlanId vlan) implements Scope {
        @Override
        public int kind() {
            return 0;
        }

        @Override
        public int index() {
            return vlan.value();
        }
    }

    /**
     * Those of a VLAN class, to vNICs with a trunk: a maximal set of VLANs that the same trunks carry.
     *
     * @param first its smallest VLAN
     */
    record OfClass(VlanId first) implements Scope {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public int index() {
            return first.value();
        }
    }

    /**
     * Those to one shared or multicast address.
     *
     * @param number of the {@link SharedAddress} on its bridge
     */
    record OfAddress(int number) implements Scope {
        @Override
        public int kind() {
            return 2;
        }

        @Override
        public int index() {
            return number;
        }
    }

    /**
     * An address that any number of vNICs of a VLAN or a class may have: they share a unicast MAC, or listen to a multicast
     * one.
     *
     * @param within a VLAN or a class
     */
    record SharedAddress(Scope within, MacAddress mac) {}
}

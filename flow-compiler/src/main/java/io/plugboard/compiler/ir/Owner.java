package io.plugboard.compiler.ir;

import io.plugboard.topology.Scope;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;

/**
 * Whom a flow serves: the unit of compiling. A program is the sum of what each owner contributes, so a change compiles anew
 * only the owners that it touches.
 */
public sealed interface Owner {

    /** What every bridge has. */
    record OfBridge() implements Owner {}

    record OfUplink(UplinkPin uplink) implements Owner {}

    record OfSegment(VlanId segment) implements Owner {}

    /** @param first the smallest VLAN of a VLAN class */
    record OfClass(VlanId first) implements Owner {}

    /** @param number of a shared or multicast address on its bridge */
    record OfAddress(int number) implements Owner {}

    /** @param slot of a vNIC on its bridge */
    record OfVnic(int slot) implements Owner {}

    static Owner of(Scope scope) {
        if (scope instanceof Scope.OfVlan vlan) {
            return new OfSegment(vlan.vlan());
        } else if (scope instanceof Scope.OfClass ofClass) {
            return new OfClass(ofClass.first());
        }
        return new OfAddress(scope.index());
    }
}

package io.plugboard.compiler;

import io.plugboard.compiler.ir.Owner;
import io.plugboard.topology.FloodSet;

/** What is compiled as one: the flows of an owner, or a group. A program is the sum of its parts, and no two overlap. */
sealed interface Part {

    record Flows(Owner owner) implements Part {}

    record FloodRoot(FloodSet set) implements Part {}

    record FloodLink(FloodSet set, int link) implements Part {}
}

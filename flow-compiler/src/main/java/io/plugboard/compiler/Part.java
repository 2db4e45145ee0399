package io.plugboard.compiler;

import io.plugboard.compiler.ir.Owner;
import io.plugboard.topology.MemberSet;

/** What is compiled as one: the flows of an owner, or a group. A program is the sum of its parts, and no two overlap. */
sealed interface Part {

    record Flows(Owner owner) implements Part {}

    record Root(MemberSet set) implements Part {}

    record Link(MemberSet set, int link) implements Part {}
}

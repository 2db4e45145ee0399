package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;

/** One message that changes a switch. */
public sealed interface SwitchCommand {

    /** OFPFC_ADD: the flow is there afterwards, a flow of the same key is replaced and its counters are kept. */
    record PutFlow(Flow flow) implements SwitchCommand {}

    /** OFPFC_DELETE_STRICT. */
    record DeleteFlow(FlowKey key) implements SwitchCommand {}

    /** OFPGC_ADD. */
    record AddGroup(Group group) implements SwitchCommand {}

    /** OFPGC_MODIFY. */
    record ModifyGroup(Group group) implements SwitchCommand {}

    /** OFPGC_DELETE. */
    record DeleteGroup(GroupId id) implements SwitchCommand {}
}

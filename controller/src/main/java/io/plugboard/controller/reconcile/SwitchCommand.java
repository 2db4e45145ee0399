package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.Optional;

/** One message that changes a switch. */
public sealed interface SwitchCommand {

    /** What it is about, for people: a flow in the words of {@code ovs-ofctl}, or a group. */
    String subject();

    /** The flow that is there when the switch does not refuse it. */
    default Optional<Flow> installs() {
        return Optional.empty();
    }

    /** OFPFC_ADD: the flow is there afterwards, a flow of the same key is replaced and its counters are kept. */
    record PutFlow(Flow flow) implements SwitchCommand {
        @Override
        public Optional<Flow> installs() {
            return Optional.of(flow);
        }

        @Override
        public String subject() {
            return "the flow " + flow;
        }
    }

    /** OFPFC_ADD with OFPFF_RESET_COUNTS: a flow of the same key is replaced, and its counters begin anew. */
    record RenewFlow(Flow flow) implements SwitchCommand {
        @Override
        public Optional<Flow> installs() {
            return Optional.of(flow);
        }

        @Override
        public String subject() {
            return "the flow " + flow;
        }
    }

    /** OFPFC_DELETE_STRICT. */
    record DeleteFlow(FlowKey key) implements SwitchCommand {
        @Override
        public String subject() {
            return "to delete the flow " + key;
        }
    }

    /** OFPFC_DELETE_STRICT, of a flow that only the switch's own octets can name. */
    record DeleteForeignFlow(Installed.ForeignFlow flow) implements SwitchCommand {
        @Override
        public String subject() {
            return "to delete the flow in table " + flow.table() + " that is not ours: " + flow.description();
        }
    }

    /** OFPGC_ADD. */
    record AddGroup(Group group) implements SwitchCommand {
        @Override
        public String subject() {
            return "the group " + group.id();
        }
    }

    /** OFPGC_MODIFY. */
    record ModifyGroup(Group group) implements SwitchCommand {
        @Override
        public String subject() {
            return "to change the group " + group.id();
        }
    }

    /** A command about the meter of copies to the controller: a bundle has no room for one, and no vNIC waits for it. */
    sealed interface ForMeter extends SwitchCommand {}

    /** OFPMC_ADD. */
    record AddMeter(ControllerMeter meter) implements ForMeter {
        @Override
        public String subject() {
            return "the meter of copies to the controller";
        }
    }

    /** OFPMC_MODIFY. */
    record ModifyMeter(ControllerMeter meter) implements ForMeter {
        @Override
        public String subject() {
            return "to change the meter of copies to the controller";
        }
    }

    /** OFPMC_DELETE; no error when there is none. */
    record DeleteMeter() implements ForMeter {
        @Override
        public String subject() {
            return "to delete the meter of copies to the controller";
        }
    }

    /** OFPGC_DELETE. */
    record DeleteGroup(GroupId id) implements SwitchCommand {
        @Override
        public String subject() {
            return "to delete the group " + id;
        }
    }
}

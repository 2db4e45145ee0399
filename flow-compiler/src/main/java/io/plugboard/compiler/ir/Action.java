package io.plugboard.compiler.ir;

import io.plugboard.topology.model.VlanId;

/** What is done to a frame (OpenFlow 1.3.5, 5.12): the actions that the pipeline uses. */
public sealed interface Action {

    /**
     * Sends a copy out of a port; nothing when that is the port the frame came in by.
     *
     * @param port unsigned
     */
    record Output(int port) implements Action {}

    /** Sends a copy to the controller, whole (OFPP_CONTROLLER, OFPCML_NO_BUFFER). */
    record ToController() implements Action {}

    /** Sends a copy to every bucket of a group. */
    record ToGroup(GroupId group) implements Action {}

    /** Adds an 802.1Q tag, TPID 0x8100, whose id the next {@link SetVlan} sets. */
    record PushVlan() implements Action {}

    /** Takes off the outer tag. */
    record PopVlan() implements Action {}

    /** Sets the id of the outer tag; its TPID and its priority stay. */
    record SetVlan(VlanId vlan) implements Action {
        public SetVlan {
            if (!vlan.isTagged()) {
                throw new IllegalArgumentException("a tag within the pipeline never has the id 0");
            }
        }
    }
}

package io.plugboard.compiler.view;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;

/** Whether a vNIC has its port. */
public sealed interface Plug {

    /** It has. */
    record Plugged(Attachment attachment, Observed.Port port, VlanId segment) implements Plug {
        public int slot() {
            return attachment.slot();
        }

        public UplinkPin pin() {
            return attachment.pin();
        }

        public MacAddress mac() {
            return attachment.vnic().mac();
        }
    }

    /** @param reason why it has not, a sentence */
    record Unplugged(String reason) implements Plug {}
}

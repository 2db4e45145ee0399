package io.plugboard.compiler.view;

import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Scope;
import io.plugboard.topology.model.UplinkPin;
import java.util.List;

/** Whether a vNIC has its port. */
public sealed interface Plug {

    /**
     * It has.
     *
     * @param scopes whose frames it gets
     */
    record Plugged(EffectiveVnic vnic, Observed.Port port, List<Scope> scopes) implements Plug {
        public Plugged {
            scopes = List.copyOf(scopes);
        }

        /** Whether the other one is the same to the bridge. */
        public boolean isSameTo(Plugged other) {
            return port.equals(other.port)
                    && scopes.equals(other.scopes)
                    && vnic.onItsBridge().equals(other.vnic.onItsBridge());
        }

        public int slot() {
            return vnic.slot();
        }

        public UplinkPin pin() {
            return vnic.pin();
        }
    }

    /** @param reason why it has not, a sentence */
    record Unplugged(String reason) implements Plug {}
}

package io.plugboard.controller.reconcile;

import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.function.Consumer;

/** Is told what becomes of a bridge, in the bridge's mailbox: one call at a time, in order. It hands over and returns. */
@FunctionalInterface
public interface BridgeListener {
    BridgeListener NOBODY = state -> {};

    /** Each new state. */
    void changed(BridgeState state);

    /** A port came, went or became another one; the state that shows it comes next. */
    default void portTouched(DatapathId dpid, Observed.Port port) {}

    /**
     * The switch has confirmed what it was sent, by barrier.
     *
     * @param flowMods how many of the messages were about flows
     * @param refusals what it answered with an error instead
     */
    default void confirmed(DatapathId dpid, int flowMods, List<Refusal> refusals) {}

    /** An error that no command of ours caused: the switch's own words. Comes outside the mailbox. */
    default void complained(DatapathId dpid, String error) {}

    /** Is told everything that this one is told; of each new state, after whoever is given here. */
    default BridgeListener after(Consumer<BridgeState> first) {
        BridgeListener self = this;
        return new BridgeListener() {
            @Override
            public void changed(BridgeState state) {
                first.accept(state);
                self.changed(state);
            }

            @Override
            public void portTouched(DatapathId dpid, Observed.Port port) {
                self.portTouched(dpid, port);
            }

            @Override
            public void confirmed(DatapathId dpid, int flowMods, List<Refusal> refusals) {
                self.confirmed(dpid, flowMods, refusals);
            }

            @Override
            public void complained(DatapathId dpid, String error) {
                self.complained(dpid, error);
            }
        };
    }
}

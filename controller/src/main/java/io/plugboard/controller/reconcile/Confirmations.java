package io.plugboard.controller.reconcile;

import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.model.VnicId;
import java.util.Set;

/** Hears what one bridge's switch has confirmed. Called in the bridge's mailbox: implementations hand over and return. */
public interface Confirmations {
    /** @param view in force now; what the switch has refused is withheld in it
     * @param concerned the vNICs for which it may differ from the view before, on the first of a session all of them
     */
    void confirmed(BridgeReconciler reconciler, SwitchConnection session, BridgeView view, Set<VnicId> concerned);

    /** The session has ended. */
    void disconnected();
}

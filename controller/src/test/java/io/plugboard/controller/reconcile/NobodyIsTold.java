package io.plugboard.controller.reconcile;

import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.model.VnicId;
import java.util.Set;

/** Confirmations that nobody wants to hear. */
final class NobodyIsTold implements Confirmations {
    @Override
    public void confirmed(
            BridgeReconciler reconciler, SwitchConnection session, BridgeView view, Set<VnicId> concerned) {}

    @Override
    public void disconnected() {}
}

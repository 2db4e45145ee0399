/**
 * Makes what is installed on a switch what it should be: {@link io.plugboard.controller.reconcile.BridgeReconciler}. The two
 * interfaces to the switches, {@link io.plugboard.controller.reconcile.SwitchConnection} down and
 * {@link io.plugboard.controller.reconcile.SwitchEvents} up, belong here; the OpenFlow side implements and calls them.
 */
@NullMarked
package io.plugboard.controller.reconcile;

import org.jspecify.annotations.NullMarked;

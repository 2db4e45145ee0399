package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Instructions;

/**
 * A flow that was read back from a switch: ours or anybody's.
 *
 * @param packets frames it has matched
 * @param bytes bytes it has matched
 */
public record InstalledFlow(FlowKey key, long cookie, Instructions instructions, long packets, long bytes) {}

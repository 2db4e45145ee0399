/**
 * What the hypervisors' own databases say, made true: vNICs, uplinks and bridges that hosts have written into OVSDB, without
 * anybody calling REST.
 *
 * <pre>
 *   Snapshot ──HostReader──► HostView ──► World ──┐
 *                                                 ├──Plan──► TopologyChange, and what each row comes to
 *                             newest Topology ────┘
 * </pre>
 *
 * <p>All of that is pure, and level-triggered: a {@link io.plugboard.controller.source.Plan} follows from the newest of what is
 * said and of what is true, and never from what was planned before.
 *
 * <p>{@link io.plugboard.controller.source.OvsdbSource} gives it a thread. Of the connections to the databases
 * {@link io.plugboard.controller.source.HostLinks} says which are in force, and by them
 * {@link io.plugboard.controller.source.WriteBack} writes what comes of each row, and how bridges must be set; where somebody else
 * writes over that, {@link io.plugboard.controller.source.Disputes} has it wait.
 */
@NullMarked
package io.plugboard.controller.source;

import org.jspecify.annotations.NullMarked;

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
 */
@NullMarked
package io.plugboard.controller.source;

import org.jspecify.annotations.NullMarked;

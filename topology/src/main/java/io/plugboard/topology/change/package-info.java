/**
 * What can become true, {@link io.plugboard.topology.change.TopologyChange}, and why it cannot,
 * {@link io.plugboard.topology.change.Rejection}.
 */
@NullMarked
package io.plugboard.topology.change;

import org.jspecify.annotations.NullMarked;

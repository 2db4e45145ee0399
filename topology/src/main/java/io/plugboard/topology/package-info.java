/**
 * What is true: port groups, bridges and vNIC attachments, as immutable snapshots.
 *
 * <p>Start at {@link io.plugboard.topology.Topology}. Its rules, such as one MAC in a segment belonging to one vNIC, are in
 * {@code Edit}; what a bridge was seen to have is {@link io.plugboard.topology.Observed}.
 */
@NullMarked
package io.plugboard.topology;

import org.jspecify.annotations.NullMarked;

/**
 * What is true: port groups, bridges and vNICs, and the changes that lead from one snapshot of them to the next.
 *
 * <p>Values only: no I/O, no clock, no thread. Start reading at {@code Topology}.
 */
@NullMarked
package io.plugboard.topology;

import org.jspecify.annotations.NullMarked;

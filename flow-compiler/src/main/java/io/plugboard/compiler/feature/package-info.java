/**
 * One file a promise of the switch: the flows that keep it, for the bridge, for an uplink, for a segment and for a vNIC. Each
 * {@link io.plugboard.compiler.ir.Rule} is made in one of these files only.
 */
@NullMarked
package io.plugboard.compiler.feature;

import org.jspecify.annotations.NullMarked;

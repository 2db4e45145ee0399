/**
 * What the switch promises, held against real frames: sent into one end of a cable, counted at the other ends.
 *
 * <p>Start at any scenario, such as {@code SourceChecksIT}; {@link io.plugboard.it.wire.Lab} is what it plays in, and
 * {@link io.plugboard.it.wire.Network} the words that it is told in.
 */
@NullMarked
package io.plugboard.it.wire;

import org.jspecify.annotations.NullMarked;

/**
 * What a switch does with a frame under a program: OpenFlow 1.3.5 as Open vSwitch carries it out. Knows flows and groups,
 * and nothing of what they are for.
 *
 * <p>Start at {@link io.plugboard.compiler.simulate.Simulator}.
 */
@NullMarked
package io.plugboard.compiler.simulate;

import org.jspecify.annotations.NullMarked;

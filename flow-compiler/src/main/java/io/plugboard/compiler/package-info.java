/**
 * What follows from what is true: pure functions from a view of one bridge to the flows and groups it should have.
 *
 * <p>Start at {@link io.plugboard.compiler.FlowCompiler}. Each file of {@code feature} is one promise of the switch; the
 * pipeline is {@link io.plugboard.compiler.ir.FlowTable}.
 */
@NullMarked
package io.plugboard.compiler;

import org.jspecify.annotations.NullMarked;

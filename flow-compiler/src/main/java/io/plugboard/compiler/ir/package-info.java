/**
 * What the compiler makes: flows, groups and the differences between programs, in a form of our own that compares by value
 * and knows the fields the pipeline uses and no more.
 *
 * <p>Start at {@link io.plugboard.compiler.ir.FlowTable}, the pipeline, and {@link io.plugboard.compiler.ir.Rule}, every kind
 * of flow in it.
 */
@NullMarked
package io.plugboard.compiler.ir;

import org.jspecify.annotations.NullMarked;

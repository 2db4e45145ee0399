/**
 * What holds for every network: random ones, what may happen to them, and a switch in plain Java to hold the compiled one
 * against.
 *
 * <p>Start at {@link io.plugboard.compiler.property.FlowCompilerPropertiesTest}.
 */
@NullMarked
package io.plugboard.compiler.property;

import org.jspecify.annotations.NullMarked;

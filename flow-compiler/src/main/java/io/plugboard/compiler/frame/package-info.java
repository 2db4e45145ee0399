/**
 * Frames as the pipeline sees them, and their bytes: bytes in, records out.
 *
 * <p>Start at {@link io.plugboard.compiler.frame.Frame}.
 */
@NullMarked
package io.plugboard.compiler.frame;

import org.jspecify.annotations.NullMarked;

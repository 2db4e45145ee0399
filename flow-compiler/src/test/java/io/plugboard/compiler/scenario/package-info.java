/**
 * Tests in the words of their subject: a bridge with vNICs and uplinks, a frame that somebody sends, and who gets it.
 *
 * <p>Start at {@link io.plugboard.compiler.scenario.Scenario}.
 */
@NullMarked
package io.plugboard.compiler.scenario;

import org.jspecify.annotations.NullMarked;

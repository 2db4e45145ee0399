/**
 * What holds for every network: random ones, what may happen to them, and frames for them, held against the contract as
 * {@link io.plugboard.compiler.model} has it.
 *
 * <p>Start at {@link io.plugboard.compiler.property.ModelAgreementTest}.
 */
@NullMarked
package io.plugboard.compiler.property;

import org.jspecify.annotations.NullMarked;

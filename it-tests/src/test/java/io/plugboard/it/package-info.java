/**
 * Plugboard against real Open vSwitch.
 *
 * <p>Start at {@link io.plugboard.it.OpenVSwitch}, an instance of its own for each test.
 */
@NullMarked
package io.plugboard.it;

import org.jspecify.annotations.NullMarked;

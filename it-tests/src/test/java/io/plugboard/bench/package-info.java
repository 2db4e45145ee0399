/**
 * The benchmarks: what {@code bin/bench} runs, beside the integration tests because they use the same Open vSwitch, and
 * outside of any test run because they take minutes and print instead of failing.
 *
 * <p>A figure counts only beside its floor, measured in the same run, by turns, on a bridge of its own: the machine's drift
 * is in both. Start at {@link io.plugboard.bench.Main}; {@link io.plugboard.it.RawController} is the floor.
 */
@NullMarked
package io.plugboard.bench;

import org.jspecify.annotations.NullMarked;

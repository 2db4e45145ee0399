/**
 * The middle of the controller: {@link io.plugboard.controller.service.TopologyService}, the single writer of what is true
 * ({@link io.plugboard.controller.service.SingleWriter}), and {@link io.plugboard.controller.service.Switches}, what can be
 * asked of the switches.
 */
@NullMarked
package io.plugboard.controller.service;

import org.jspecify.annotations.NullMarked;

/**
 * What people and scripts get to see: how bridges and vNICs are doing ({@link io.plugboard.controller.observe.StatusReport}),
 * what has become of them lately ({@link io.plugboard.controller.observe.EventLog}, to which anybody may publish), their
 * counters, and figures for Prometheus ({@link io.plugboard.controller.observe.Metrics}).
 */
@NullMarked
package io.plugboard.controller.observe;

import org.jspecify.annotations.NullMarked;

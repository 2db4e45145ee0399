/** What people and scripts get to see of the switches: status, counters, listings. */
@NullMarked
package io.plugboard.controller.observe;

import org.jspecify.annotations.NullMarked;

/**
 * Where the topology is kept: {@link io.plugboard.controller.store.TopologyStore}. Each way of keeping it has a package of
 * its own below this one, which config alone knows.
 */
@NullMarked
package io.plugboard.controller.store;

import org.jspecify.annotations.NullMarked;

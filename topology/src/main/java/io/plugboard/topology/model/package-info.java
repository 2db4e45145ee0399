/** The words of the model: addresses and ids, port groups, bridges, vNICs. Values that cannot be wrong once they exist. */
@NullMarked
package io.plugboard.topology.model;

import org.jspecify.annotations.NullMarked;

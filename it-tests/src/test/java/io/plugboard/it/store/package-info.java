/** The embedded store against what happens to processes and disks. */
@NullMarked
package io.plugboard.it.store;

import org.jspecify.annotations.NullMarked;

/**
 * The OVSDB client against a real ovsdb-server, in both directions of connecting. {@link io.plugboard.it.ovsdb.Told} is who
 * listens.
 */
@NullMarked
package io.plugboard.it.ovsdb;

import org.jspecify.annotations.NullMarked;

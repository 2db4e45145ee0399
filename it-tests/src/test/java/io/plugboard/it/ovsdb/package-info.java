/**
 * The OVSDB client against a real ovsdb-server, in both directions of connecting: {@link io.plugboard.it.ovsdb.Told} is who
 * listens. And what hypervisors say in their databases, made true by the whole controller:
 * {@link io.plugboard.it.ovsdb.Hypervisor} is who says it.
 */
@NullMarked
package io.plugboard.it.ovsdb;

import org.jspecify.annotations.NullMarked;

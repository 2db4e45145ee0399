/**
 * A client of Open vSwitch's database, in both directions of connecting: {@link io.plugboard.ovsdb.OvsdbListener} is told what is
 * in it, {@link io.plugboard.ovsdb.OvsdbSession} changes it. The protocol is RFC 7047, with the conditional monitors of
 * ovsdb-server(7), section 4.1. Nothing here knows what the rows are used for.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.ovsdb;

/**
 * Real Open vSwitch databases: the client that follows and changes them, in both directions of connecting, and the controller's
 * OVSDB source, to which hosts tell by {@code ovs-vsctl} alone what is plugged in.
 */
package io.plugboard.it.ovsdb;

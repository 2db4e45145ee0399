/**
 * Runs beside QEMU, or beside containers, on the host that has the bridge: follows what guests want to receive and whether they
 * run, and writes it into external_ids of their Interfaces, where the controller reads it.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent;

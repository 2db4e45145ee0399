/**
 * Speaks QMP with QEMU (docs/interop/qmp-spec of QEMU): {@link io.plugboard.agent.qmp.QmpClient} holds a connection,
 * {@link io.plugboard.agent.qmp.Machine} follows one guest's network cards over it. A peer that breaks the protocol costs its own
 * connection.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent.qmp;

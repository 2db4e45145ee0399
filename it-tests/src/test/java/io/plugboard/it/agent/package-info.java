/**
 * The hypervisor's agent with real ovsdb-server, QEMU and namespaces. A QEMU here has no guest and is stopped before its first
 * instruction: it answers its monitor, which is enough.
 */
@NullMarked
package io.plugboard.it.agent;

import org.jspecify.annotations.NullMarked;

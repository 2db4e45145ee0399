/**
 * Plugboard beneath real virtual machines: QEMU emulates them, Linux runs in them.
 *
 * <p>Start at {@link io.plugboard.it.qemu.QemuGuestIT}. A {@link io.plugboard.it.qemu.Guest} is what a test talks to,
 * wherever it runs; a {@link io.plugboard.it.qemu.QemuProcess} is one place where it does, on a
 * {@link io.plugboard.it.qemu.QemuHost}. A {@link io.plugboard.it.qemu.PhysicalSwitch} is between hosts, and draws it all.
 */
@NullMarked
package io.plugboard.it.qemu;

import org.jspecify.annotations.NullMarked;

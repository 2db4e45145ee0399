/**
 * Follows libvirt's domains where their QEMUs have no monitor for the agent: through {@code virsh}, which passes on what QEMU
 * tells and is asked. Start at {@link io.plugboard.agent.libvirt.Domains}.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent.libvirt;
